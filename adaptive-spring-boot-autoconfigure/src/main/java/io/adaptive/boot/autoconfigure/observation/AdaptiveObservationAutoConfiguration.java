package io.adaptive.boot.autoconfigure.observation;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.spring.observation.ClientMessageObservationConvention;
import io.adaptive.spring.observation.ObservingMessages;
import io.adaptive.spring.observation.ServerMessageObservationConvention;
import io.adaptive.stream.MessageObserver;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for observations of messages.
 */
@AutoConfiguration(before = AdaptiveAutoConfiguration.class, after = ObservationAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ AdaptiveNode.class, ObservationRegistry.class, ObservationAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "adaptive.enabled", matchIfMissing = true)
@ConditionalOnBean(ObservationRegistry.class)
@Import(MessageTimersConfiguration.class)
public final class AdaptiveObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "adaptiveMessageObserver")
	LateMessageObserver adaptiveMessageObserver(ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<ClientMessageObservationConvention> client,
			ObjectProvider<ServerMessageObservationConvention> server, ObjectProvider<MessageTimers> timers) {
		return new LateMessageObserver(() -> observer(registry.getObject(), client, server, timers));
	}

	private static MessageObserver observer(ObservationRegistry registry,
			ObjectProvider<ClientMessageObservationConvention> client,
			ObjectProvider<ServerMessageObservationConvention> server, ObjectProvider<MessageTimers> timers) {
		if (registry.isNoop()) {
			return MessageObserver.NONE;
		}
		MessageTimers onlyTimers = timers.getIfAvailable();
		return (onlyTimers != null) ? onlyTimers.observer()
				: new ObservingMessages(registry, client.getIfUnique(), server.getIfUnique());
	}

}
