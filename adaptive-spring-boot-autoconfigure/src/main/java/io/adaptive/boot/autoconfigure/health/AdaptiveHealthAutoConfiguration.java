package io.adaptive.boot.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of a node: its
 * services, and each of its scopes.
 */
@AutoConfiguration(after = AdaptiveAutoConfiguration.class)
@ConditionalOnClass({ AdaptiveNode.class, HealthIndicator.class })
@ConditionalOnSingleCandidate(AdaptiveNode.class)
public final class AdaptiveHealthAutoConfiguration {

	@Bean
	@ConditionalOnEnabledHealthIndicator("adaptive")
	@ConditionalOnMissingBean(name = { "adaptiveHealthIndicator", "adaptiveHealthContributor" })
	HealthContributor adaptiveHealthContributor(AdaptiveNode node) {
		Map<String, HealthIndicator> parts = new LinkedHashMap<>();
		parts.put("services", new ServicesHealth(node));
		node.scopes().forEach((scope) -> parts.put(scope.name().toLowerCase(Locale.ROOT), ofScope(scope, node)));
		if (node.statistics().rootRegistry().isPresent()) {
			parts.put("root-registry", new RootRegistryHealth(node));
		}
		return CompositeHealthContributor.fromMap(parts);
	}

	private static HealthIndicator ofScope(Scope scope, AdaptiveNode node) {
		return switch (scope) {
			case PROCESS -> () -> Health.up().build();
			case OS -> new OsHealth(node);
			case LAN -> new LanHealth(node);
			case WAN -> new WanHealth(node);
		};
	}

}
