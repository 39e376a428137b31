package io.adaptive.boot.autoconfigure;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.settings.WorkerKind;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the node, from the properties.
 *
 * @param properties the properties of the framework
 * @param environment has Spring Boot's properties of threads and shutdown
 */
record NodeSettings(AdaptiveProperties properties, Environment environment) {

	/**
	 * Returns a new node.
	 * @param customizer changes the settings after the properties were applied
	 * @throws InvalidNodeSettingsException if the properties are inconsistent or invalid
	 * for this application
	 */
	AdaptiveNode newNode(AdaptiveNodeBuilderCustomizer customizer) {
		try {
			AdaptiveNodeBuilder builder = builder();
			customizer.customize(builder);
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidNodeSettingsException(ex);
		}
	}

	AdaptiveNodeBuilder builder() {
		WorkerProperties workers = this.properties.workers();
		AdaptiveNodeBuilder builder = AdaptiveNode.builder()
			.codec(this.properties.codec().name().toLowerCase(Locale.ROOT))
			.registerTypes(this.properties.registeredTypes())
			.workerKind(workerKind())
			.scaleFactors(workers.scaleFactors())
			.shedding(workers.shedding())
			.linkSettings(this.properties.link().settings())
			.nativeSockets(this.properties.link().nativeSockets())
			.maxMessageDepth(this.properties.maxMessageDepth())
			.copyInProcess(this.properties.copyInProcess())
			.drainTimeout(drainTimeout())
			.remoteMarks(this.properties.tracing().markScopes())
			.remoteTraces(this.properties.tracing().readScopes())
			.warmUpAtOnce(false);
		PropertyMapper map = PropertyMapper.get();
		map.from(this.properties::scopes).to(builder::scopes);
		map.from(this.properties::providerId).to(builder::providerId);
		map.from(this.properties::discoverTimeout).to(builder::discoverTimeout);
		map.from(workers::queueMemory).as(DataSize::toBytes).to(builder::queueMemory);
		map.from(this.properties.os()::socketDirectory)
			.to(this.properties.os().shared() ? builder::sharedSocketDirectory : builder::socketDirectory);
		map.from(this.properties.listen()::advertisedHosts).to(builder::advertise);
		builder.registries(this.properties.registry().endpoints());
		Set<Scope> scopes = this.properties.scopes();
		boolean namesLan = scopes != null && scopes.contains(Scope.LAN);
		if (this.properties.lan().port() != null || (namesLan && this.properties.lan().isSet())) {
			builder.lan(this.properties.lan().settings());
		}
		if (this.properties.rootRegistry().enabled()) {
			builder.rootRegistry(this.properties.rootRegistry().settings());
		}
		if (Objects.requireNonNullElse(this.properties.reverseProxy().enabled(),
				this.properties.rootRegistry().enabled())) {
			builder.reverseProxy(this.properties.reverseProxy().settings());
		}
		return listen(builder);
	}

	private AdaptiveNodeBuilder listen(AdaptiveNodeBuilder builder) {
		ListenProperties listen = this.properties.listen();
		Endpoint.Tcp proxy = listen.proxy();
		if (proxy != null) {
			builder.relayedBy(proxy.host(), proxy.port());
		}
		if (!listen.isWanted()) {
			return builder;
		}
		int port = Objects.requireNonNullElse(listen.port(), 0);
		return (listen.host() != null) ? builder.listen(listen.host(), port) : builder.listen(port);
	}

	/**
	 * Returns the drain timeout, by default that of one shutdown phase of the context.
	 */
	private Duration drainTimeout() {
		return Objects.requireNonNullElseGet(this.properties.drainTimeout(),
				() -> Binder.get(this.environment)
					.bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
					.orElse(Duration.ofSeconds(30)));
	}

	/**
	 * Returns the worker kind, by the rule of Spring Boot: virtual threads are ignored on
	 * a Java version without them.
	 */
	WorkerKind workerKind() {
		if (this.properties.workers().kind() != null) {
			return this.properties.workers().kind();
		}
		if (Threading.VIRTUAL.isActive(this.environment)) {
			return WorkerKind.VIRTUAL;
		}
		boolean declined = !this.environment.getProperty("spring.threads.virtual.enabled", Boolean.class, true);
		return declined ? WorkerKind.PLATFORM : WorkerKind.AUTO;
	}

}
