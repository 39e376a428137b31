package io.adaptive.boot.autoconfigure;

import io.adaptive.message.CallerContext;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.NodeView;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.message.MessageCheck;
import io.adaptive.stream.MessageObserver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the node of an application, the
 * publication of beans with {@link AdaptiveService} and the connections of
 * {@link Discover}.
 */
@AutoConfiguration(before = ApplicationAvailabilityAutoConfiguration.class)
@ConditionalOnClass(AdaptiveNode.class)
@ConditionalOnBooleanProperty(name = "adaptive.enabled", matchIfMissing = true)
@EnableConfigurationProperties(AdaptiveProperties.class)
@Import({ RegisteredTypeScan.class, ServerConfiguration.class, ClientConfiguration.class,
		ThreadContextConfiguration.class, HandlerLogContextConfiguration.class })
public final class AdaptiveAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AdaptiveNode adaptiveNode(AdaptiveProperties properties, Environment environment, AnnotatedTypes annotatedTypes,
			ObjectProvider<ProcessSpace> processSpace, ObjectProvider<CallerContext> callerContext,
			ObjectProvider<MessageObserver> messageObservers,
			ObjectProvider<AdaptiveNodeBuilderCustomizer> customizers) {
		NodeSettings settings = new NodeSettings(properties, environment);
		return settings.newNode((builder) -> {
			builder.registerTypes(annotatedTypes.and(properties.registeredTypes()));
			builder.processSpace(processSpace.getIfUnique(ProcessSpace::shared));
			callerContext.ifUnique(builder::callerContext);
			messageObservers.orderedStream().forEach(builder::messageObserver);
			customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		});
	}

	/**
	 * Uses the settings of the node, which customizers may have changed.
	 */
	@Bean
	MessageCheck adaptiveMessageCheck(AdaptiveNode node) {
		NodeView view = node.view();
		return new MessageCheck(view.codec(), view.registeredTypes());
	}

	@Bean
	NodeWarmUp adaptiveNodeWarmUp(AdaptiveNode node) {
		return new NodeWarmUp(node);
	}

}
