package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.builtin.root.RootRegistry;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.server.Service;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of an application that publishes or uses services.
 *
 * @param enabled Whether to enable Adaptive: the publication and discovery of services.
 * @param providerId Provider id of this machine or container, the same for all programs
 * on it: 1 to 64 visible ASCII characters except the star. By default, derived from the
 * machine.
 * @param scopes Scopes in which services are published and searched for. LAN port,
 * secret, registries and proxy of a scope that is set here but has no settings are taken
 * from another program of this machine. By default, process and os; a LAN port adds lan,
 * and the address of a registry adds wan. If other programs of this machine have settings
 * of lan and wan, services are searched for there, too.
 * @param codec Codec of the messages on connections that this application opens. The
 * opener of a connection chooses the codec for both directions. The codecs json and cbor
 * require the corresponding Jackson library.
 * @param registeredTypes Message classes whose values may be used where a message
 * declares Object or an interface, and that can be received without naming their type.
 * Both sides have to register a class. A sealed type registers its permitted types. By
 * default, none.
 * @param maxMessageDepth Levels of nesting that a message may have. The sender refuses a
 * deeper one.
 * @param copyInProcess Whether messages within the process are copied, so that a receiver
 * may modify them. If not, sender and receiver share the object.
 * @param discoverTimeout Default time that clients wait for a service to appear. Zero
 * does not wait. By default, there is no limit.
 * @param drainTimeout Time to complete messages in flight after a service was
 * unpublished, before its connections are closed. By default,
 * spring.lifecycle.timeout-per-shutdown-phase.
 * @param workers Worker threads that run message handlers.
 * @param os Communication between programs on one machine.
 * @param listen TCP address at which the services can be reached.
 * @param lan Discovery of services in local networks.
 * @param registry Root registries, for discovery beyond the local networks.
 * @param rootRegistry Operation as a root registry.
 * @param reverseProxy Operation as a reverse proxy for applications that cannot be
 * reached directly.
 * @param link Limits and timeouts of connections.
 * @param tracing Message tracing.
 * @param server Applications that publish services.
 * @param logging Logging context.
 * @param clients Settings of the clients of one service, by the id of their @Discover,
 * which defaults to the name of the service. By default, the attributes of @Discover
 * apply.
 * @param services Settings of one published service, by its name. By default, the
 * settings of all services apply.
 */
@ConfigurationProperties("adaptive")
public record AdaptiveProperties(@DefaultValue("true") boolean enabled, @Nullable ProviderId providerId,
		@Nullable Set<Scope> scopes, @DefaultValue("fory") Codec codec, @DefaultValue List<Class<?>> registeredTypes,
		@DefaultValue("" + Codecs.DEFAULT_MAX_DEPTH) int maxMessageDepth, @DefaultValue("false") boolean copyInProcess,
		@Nullable Duration discoverTimeout, @Nullable Duration drainTimeout,
		@DefaultValue @NestedConfigurationProperty WorkerProperties workers, @DefaultValue Os os,
		@DefaultValue @NestedConfigurationProperty ListenProperties listen,
		@DefaultValue @NestedConfigurationProperty LanProperties lan, @DefaultValue Registry registry,
		@DefaultValue @NestedConfigurationProperty RootRegistryProperties rootRegistry,
		@DefaultValue @NestedConfigurationProperty ReverseProxyProperties reverseProxy,
		@DefaultValue @NestedConfigurationProperty LinkProperties link, @DefaultValue Tracing tracing,
		@DefaultValue Server server, @DefaultValue Logging logging, @DefaultValue Map<String, ClientProperties> clients,
		@DefaultValue Map<String, PublishedService> services) {

	/**
	 * Checks the times.
	 */
	public AdaptiveProperties {
		if (providerId != null) {
			providerId.checkExact();
		}
		Codecs.checkMaxDepth(maxMessageDepth);
		if (discoverTimeout != null) {
			AdaptiveClient.checkDiscoverTimeout(discoverTimeout);
		}
		if (drainTimeout != null) {
			Service.checkDrainTimeout(drainTimeout);
		}
	}

	/**
	 * Codec of messages.
	 */
	public enum Codec {

		/** Apache Fory, compact and fast. Requires Java on both sides. */
		FORY,

		/** JSON. Requires tools.jackson.core:jackson-databind. */
		JSON,

		/** CBOR. Requires tools.jackson.dataformat:jackson-dataformat-cbor. */
		CBOR

	}

	/**
	 * Communication between programs on one machine.
	 *
	 * @param socketDirectory Directory of the sockets for discovery on this machine, an
	 * absolute path of at most 72 bytes. It is created if missing. Only its owner may
	 * have access, unless it is shared. By default, a directory of the user in the
	 * system's temporary directory.
	 * @param shared Whether the directory is shared by programs of several users. Every
	 * user with access to the directory can use all services in it.
	 */
	public record Os(@Nullable Path socketDirectory, @DefaultValue("false") boolean shared) {

		public Os {
			if (shared && socketDirectory == null) {
				throw new IllegalArgumentException("A shared socket directory has to be named");
			}
			if (socketDirectory != null) {
				checkPath(socketDirectory);
			}
		}

		private static void checkPath(Path socketDirectory) {
			if (!socketDirectory.isAbsolute()) {
				throw new IllegalArgumentException(
						"The path of the socket directory is absolute, so that all programs meet there, not \"%s\""
							.formatted(socketDirectory));
			}
			SocketDirectory.checkPath(socketDirectory);
		}

	}

	/**
	 * Root registries, for discovery beyond the local networks.
	 *
	 * @param addresses Hosts of the root registries, with a port if it is not 7200.
	 * Enables scope wan. By default, if scope wan is set, the addresses set in another
	 * program of this machine.
	 */
	public record Registry(@Nullable List<String> addresses) {

		public Registry {
			endpoints(addresses);
		}

		List<Endpoint.Tcp> endpoints() {
			return endpoints(this.addresses);
		}

		private static List<Endpoint.Tcp> endpoints(@Nullable List<String> addresses) {
			return InvalidAddressException.parseAll("adaptive.registry.addresses", OptionalList.orNone(addresses),
					RootRegistry.DEFAULT_PORT, AdaptiveNodeBuilder::checkRegistry);
		}

	}

	/**
	 * Message tracing.
	 *
	 * @param markScopes Scopes from which other programs may mark messages of this
	 * application for tracing. By default, programs of the same user on this machine may.
	 * @param readScopes Scopes from which other programs may read and clear the traces
	 * collected by this application, which contain the text of messages, and may add
	 * their own. By default, programs of the same user on this machine may.
	 */
	public record Tracing(@DefaultValue("process,os") Set<Scope> markScopes,
			@DefaultValue("process,os") Set<Scope> readScopes) {

	}

	/**
	 * Applications that publish services.
	 *
	 * @param keepAlive Whether an application without a web server keeps running until
	 * its context is closed, if a bean publishes a service.
	 */
	public record Server(@DefaultValue("true") boolean keepAlive) {

	}

	/**
	 * Logging context.
	 *
	 * @param mdc Whether the MDC of a handler contains its service, provider and stream,
	 * as adaptive.service, adaptive.provider and adaptive.stream. By default, if
	 * logging.structured.format is set.
	 */
	public record Logging(@Nullable Boolean mdc) {

	}

	/**
	 * Settings of one published service.
	 *
	 * @param drainTimeout Time to complete messages in flight after the service was
	 * unpublished. By default, adaptive.drain-timeout.
	 */
	public record PublishedService(@Nullable Duration drainTimeout) {

		public PublishedService {
			if (drainTimeout != null) {
				Service.checkDrainTimeout(drainTimeout);
			}
		}

	}

}
