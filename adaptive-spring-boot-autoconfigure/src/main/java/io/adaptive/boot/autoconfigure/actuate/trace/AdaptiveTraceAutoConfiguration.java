package io.adaptive.boot.autoconfigure.actuate.trace;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.node.AdaptiveNode;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.ResourcePatternUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the endpoint of message tracing.
 */
@AutoConfiguration(after = AdaptiveAutoConfiguration.class)
@ConditionalOnClass({ AdaptiveNode.class, Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnSingleCandidate(AdaptiveNode.class)
@RegisterReflectionForBinding(TraceWebExtension.Problem.class)
@ImportRuntimeHints(AdaptiveTraceAutoConfiguration.PageHints.class)
public final class AdaptiveTraceAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	TraceEndpoint adaptiveTraceEndpoint(AdaptiveNode node) {
		return new TraceEndpoint(node.tracing());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(TraceEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	TraceWebExtension adaptiveTraceWebExtension(AdaptiveNode node, TraceEndpoint endpoint, ResourceLoader resources) {
		return new TraceWebExtension(endpoint, node.tracing(),
				new TracePage(ResourcePatternUtils.getResourcePatternResolver(resources)));
	}

	/**
	 * The page's files in a native image.
	 */
	static final class PageHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources()
				.registerPattern("io/adaptive/boot/autoconfigure/actuate/trace/trace*.*")
				.registerPattern(TracePage.MERMAID_LOCATION);
		}

	}

}
