package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Priority;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.LeaseTimes;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.PendingLimits;
import io.adaptive.settings.RelayLimits;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import io.adaptive.spring.client.ClientOverride;
import io.adaptive.stream.CallSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

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
		@Nullable Duration discoverTimeout, @Nullable Duration drainTimeout, @DefaultValue Workers workers,
		@DefaultValue Os os, @DefaultValue Listen listen, @DefaultValue Lan lan, @DefaultValue Registry registry,
		@DefaultValue RootRegistry rootRegistry, @DefaultValue ReverseProxy reverseProxy, @DefaultValue Link link,
		@DefaultValue Tracing tracing, @DefaultValue Server server, @DefaultValue Logging logging,
		@DefaultValue Map<String, Client> clients, @DefaultValue Map<String, PublishedService> services) {

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
	 * Worker threads that run message handlers.
	 *
	 * @param kind Kind of threads. By default, as set by spring.threads.virtual.enabled;
	 * if that is not set, virtual threads on Java 24 and later, platform threads on
	 * earlier versions.
	 * @param resident Number of workers that stay idle when no message waits.
	 * @param queueSizePerCore Number of messages per core that may wait for a worker
	 * before senders are blocked.
	 * @param queueMemory Total size of the messages that may wait on all connections
	 * before senders are blocked, including partially received messages. By default, a
	 * quarter of the heap.
	 * @param queueWeight Number of waiting messages for which one more worker is started.
	 * If negative, the pool is fixed and always has the resident workers.
	 * @param max Maximum number of workers. By default, or if 0, 10000 virtual or 1024
	 * platform threads.
	 * @param shedding Whether messages are refused while the queue is full, instead of
	 * blocking their senders.
	 */
	public record Workers(@Nullable WorkerKind kind, @DefaultValue("1") int resident,
			@DefaultValue("128") int queueSizePerCore, @Nullable DataSize queueMemory,
			@DefaultValue("8") int queueWeight, @Nullable Integer max, @DefaultValue("false") boolean shedding) {

		public Workers {
			scaleFactors(resident, queueSizePerCore, queueWeight, max);
			if (queueMemory != null) {
				ReceiveBudget.checkMemory(queueMemory.toBytes());
			}
		}

		ScaleFactors scaleFactors() {
			return scaleFactors(this.resident, this.queueSizePerCore, this.queueWeight, this.max);
		}

		private static ScaleFactors scaleFactors(int resident, int queueSizePerCore, int queueWeight,
				@Nullable Integer max) {
			return new ScaleFactors(resident, queueSizePerCore, queueWeight, (max != null) ? max : 0);
		}

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
	 * TCP address at which the services can be reached. Without host and port, no TCP
	 * port is opened.
	 *
	 * @param host Address of this machine to listen on, or 0.0.0.0 for all addresses.
	 * Every host that can reach the address can use the services. By default, the
	 * loopback, which only this machine can reach.
	 * @param port Port to listen on; 0 for any free port. By default, any free port if a
	 * host is set.
	 * @param advertisedHosts Host names or addresses at which other machines can reach
	 * this one, such as that of the host of a container. By default, the addresses of all
	 * network interfaces, and the address that a registry observes.
	 * @param relayedBy Host of a reverse proxy that relays the services, with a port if
	 * it is not 7200. By default, a proxy offered by a root registry or in the local
	 * network is used if needed.
	 */
	public record Listen(@Nullable String host, @Nullable Integer port, @Nullable List<String> advertisedHosts,
			@Nullable String relayedBy) {

		public Listen {
			new Endpoint.Tcp((host != null) ? host : "localhost", (port != null) ? port : 0);
			orNone(advertisedHosts).forEach((each) -> new Endpoint.Tcp(each, 0));
			if (relayedBy != null) {
				proxy(relayedBy);
			}
		}

		Endpoint.@Nullable Tcp proxy() {
			return (this.relayedBy != null) ? proxy(this.relayedBy) : null;
		}

		private static Endpoint.Tcp proxy(String address) {
			return InvalidAddressException.parse("adaptive.listen.relayed-by", address,
					io.adaptive.internal.builtin.root.RootRegistry.DEFAULT_PORT, AdaptiveNodeBuilder::checkRelayProxy);
		}

		boolean isWanted() {
			return this.host != null || this.port != null;
		}

	}

	/**
	 * Discovery of services in local networks.
	 *
	 * @param port UDP port of discovery, the same for all programs of the network.
	 * Enables scope lan. By default, 7201 if scope lan is set.
	 * @param interfaces Names or addresses of the network interfaces to use, in which *
	 * matches any characters. By default, all except the loopback.
	 * @param excludedInterfaces Names or addresses of network interfaces not to use, in
	 * which * matches any characters. By default, none.
	 * @param seeds Hosts beyond the local networks to query by unicast, with a port if it
	 * differs from the UDP port. By default, none.
	 * @param secret Shared secret of all programs of the network, at least 16 bytes. It
	 * signs datagrams, so that datagrams of other senders are dropped. By default,
	 * datagrams are not signed.
	 * @param announceInterval Interval at which published services are announced again.
	 * Other programs drop them after about three intervals without an announcement.
	 */
	public record Lan(@Nullable Integer port, @Nullable List<String> interfaces,
			@Nullable List<String> excludedInterfaces, @Nullable List<String> seeds, @Nullable String secret,
			@DefaultValue("5s") Duration announceInterval) {

		public Lan {
			settings(port, interfaces, excludedInterfaces, seeds, secret, announceInterval);
		}

		/**
		 * Returns whether a property other than the announce interval is set.
		 */
		boolean isSet() {
			return this.port != null || this.interfaces != null || this.excludedInterfaces != null || this.seeds != null
					|| this.secret != null;
		}

		LanSettings settings() {
			return settings(this.port, this.interfaces, this.excludedInterfaces, this.seeds, this.secret,
					this.announceInterval);
		}

		private static LanSettings settings(@Nullable Integer port, @Nullable List<String> interfaces,
				@Nullable List<String> excludedInterfaces, @Nullable List<String> seeds, @Nullable String secret,
				Duration announceInterval) {
			return new LanSettings((port != null) ? port : LanSettings.DEFAULT_PORT, orNone(interfaces),
					orNone(excludedInterfaces),
					InvalidAddressException.parseAll("adaptive.lan.seeds", orNone(seeds), 0, Endpoint.Tcp::checkHost),
					secret, announceInterval);
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
			return InvalidAddressException.parseAll("adaptive.registry.addresses", orNone(addresses),
					io.adaptive.internal.builtin.root.RootRegistry.DEFAULT_PORT, AdaptiveNodeBuilder::checkRegistry);
		}

	}

	/**
	 * Operation as a root registry.
	 *
	 * @param enabled Whether this application is a root registry, at its TCP address. If
	 * no address is set, it listens on all addresses at port 7200.
	 * @param directory Directory that stores the registrations. By default,
	 * .adaptive/root-registry in the user's home directory.
	 * @param leaseTime Time after which an application that does not renew its
	 * registration is removed.
	 * @param renewalInterval Interval at which applications renew their registration.
	 * @param protectionTime Time for which applications stay registered that were lost
	 * together and cannot be reached by the registry.
	 */
	public record RootRegistry(@DefaultValue("false") boolean enabled, @Nullable Path directory,
			@DefaultValue("6s") Duration leaseTime, @DefaultValue("2s") Duration renewalInterval,
			@DefaultValue("60s") Duration protectionTime) {

		public RootRegistry {
			new LeaseTimes(leaseTime, renewalInterval, protectionTime);
		}

		RootRegistrySettings settings() {
			LeaseTimes times = new LeaseTimes(this.leaseTime, this.renewalInterval, this.protectionTime);
			// The properties of the reverse proxy configure relaying.
			return new RootRegistrySettings(place(), times).withoutRelaying();
		}

		Path place() {
			if (this.directory != null) {
				return this.directory;
			}
			// A user who is a number only has the home directory "?".
			Path home = Path.of(System.getProperty("user.home", ""));
			if (!home.isAbsolute()) {
				throw new IllegalArgumentException("this user has no home directory, so that a root registry needs "
						+ "adaptive.root-registry.directory");
			}
			return home.resolve(".adaptive").resolve("root-registry");
		}

	}

	/**
	 * Operation as a reverse proxy for applications that cannot be reached directly.
	 *
	 * @param enabled Whether this application is a reverse proxy. By default, if it is a
	 * root registry.
	 * @param publicHost Host name or address at which clients reach the proxy. By
	 * default, the address at which the relayed application connected to the proxy.
	 * @param firstPort First public port for relayed applications. By default, any free
	 * ports are used.
	 * @param lastPort Last public port for relayed applications. By default, the first
	 * port.
	 * @param maxProviders Maximum number of relayed applications.
	 * @param maxConnections Maximum number of clients per relayed application.
	 * @param bytesPerSecond Bandwidth limit per relayed application and second, both
	 * directions together.
	 * @param fetchTimeout Time that a client waits until the relayed application accepts
	 * its connection.
	 */
	public record ReverseProxy(@Nullable Boolean enabled, @Nullable String publicHost, @Nullable Integer firstPort,
			@Nullable Integer lastPort, @DefaultValue("64") int maxProviders, @DefaultValue("256") int maxConnections,
			@DefaultValue("125000000B") DataSize bytesPerSecond, @DefaultValue("5s") Duration fetchTimeout) {

		public ReverseProxy {
			settings(publicHost, firstPort, lastPort, maxProviders,
					new RelayLimits(maxConnections, bytesPerSecond.toBytes(), fetchTimeout));
		}

		ReverseProxySettings settings() {
			return settings(this.publicHost, this.firstPort, this.lastPort, this.maxProviders,
					new RelayLimits(this.maxConnections, this.bytesPerSecond.toBytes(), this.fetchTimeout));
		}

		private static ReverseProxySettings settings(@Nullable String publicHost, @Nullable Integer firstPort,
				@Nullable Integer lastPort, int maxProviders, RelayLimits limits) {
			int first = (firstPort != null) ? firstPort : 0;
			int last = (lastPort != null) ? lastPort : first;
			return new ReverseProxySettings(publicHost, first, last, maxProviders, limits);
		}

	}

	private static List<String> orNone(@Nullable List<String> list) {
		return (list != null) ? list : List.of();
	}

	/**
	 * Limits and timeouts of connections.
	 *
	 * @param maxMessageSize Maximum size of an accepted message.
	 * @param streamCredit Total size of the messages that may wait on one stream before
	 * the sender is blocked.
	 * @param connectionCredit Total size of the messages that may wait on all streams of
	 * a connection before senders are blocked.
	 * @param maxPendingMessages Maximum number of messages and calls of non-blocking
	 * senders that wait for credit on one stream, and of calls that wait for an instance
	 * on one connection.
	 * @param maxPendingSize Maximum total size of messages and calls of non-blocking
	 * senders that wait for credit on one stream, in addition to one message of any size.
	 * @param handshakeTimeout Time in which the handshake of a new connection has to
	 * complete.
	 * @param pingAfter Time without received data after which a ping is sent.
	 * @param deadAfter Time without received data after which a connection is closed as
	 * lost.
	 * @param nativeSockets Whether to use Netty's native transport where available,
	 * instead of that of the JDK.
	 */
	public record Link(@DefaultValue("16MB") DataSize maxMessageSize, @DefaultValue("1MB") DataSize streamCredit,
			@DefaultValue("32MB") DataSize connectionCredit, @DefaultValue("16384") int maxPendingMessages,
			@DefaultValue("16MB") DataSize maxPendingSize, @DefaultValue("10s") Duration handshakeTimeout,
			@DefaultValue("5s") Duration pingAfter, @DefaultValue("15s") Duration deadAfter,
			@DefaultValue("true") boolean nativeSockets) {

		public Link {
			settings(maxMessageSize, streamCredit, connectionCredit,
					new PendingLimits(maxPendingMessages, maxPendingSize.toBytes()), handshakeTimeout, pingAfter,
					deadAfter);
		}

		LinkSettings settings() {
			return settings(this.maxMessageSize, this.streamCredit, this.connectionCredit,
					new PendingLimits(this.maxPendingMessages, this.maxPendingSize.toBytes()), this.handshakeTimeout,
					this.pingAfter, this.deadAfter);
		}

		private static LinkSettings settings(DataSize maxMessageSize, DataSize streamCredit, DataSize connectionCredit,
				PendingLimits pending, Duration handshakeTimeout, Duration pingAfter, Duration deadAfter) {
			Limits limits = new Limits(maxMessageSize.toBytes(), streamCredit.toBytes(), connectionCredit.toBytes());
			return new LinkSettings(limits, pending, handshakeTimeout, pingAfter, deadAfter);
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
	 * Settings of the clients of one service. A property that is not set leaves the
	 * attribute of @Discover unchanged.
	 *
	 * @param timeout Timeout of a call, including the wait for the service and retries;
	 * zero for no limit.
	 * @param discoverTimeout Time that a call waits for the service to appear; zero does
	 * not wait.
	 * @param scopes Scopes in which to search for the service.
	 * @param providers Provider ids of the machines whose instances are used, in which a
	 * star matches any characters.
	 * @param selection Selection among instances in the same scope: random, capacity,
	 * latency, a chain such as capacity,latency, round-robin, power-of-two-choices,
	 * sticky: and a key, or the name of a bean.
	 * @param priority Priority of the messages at their handler, unless the handler
	 * declares a priority.
	 * @param idempotent Whether all messages are idempotent, so that every call may be
	 * retried.
	 * @param eager Whether to discover the service when the application has started.
	 * @param copyInProcess Whether messages within the process are copied, so that a
	 * receiver may modify them.
	 */
	public record Client(@Nullable Duration timeout, @Nullable Duration discoverTimeout, @Nullable Set<Scope> scopes,
			@Nullable Set<ProviderId> providers, @Nullable String selection, @Nullable Priority priority,
			@Nullable Boolean idempotent, @Nullable Boolean eager, @Nullable Boolean copyInProcess) {

		public Client {
			if (timeout != null) {
				CallSettings.DEFAULT.timeout(timeout);
			}
			if (discoverTimeout != null) {
				AdaptiveClient.checkDiscoverTimeout(discoverTimeout);
			}
		}

		ClientOverride override() {
			return new ClientOverride(this.timeout, this.discoverTimeout, this.scopes, this.providers, this.selection,
					this.priority, this.idempotent, this.eager, this.copyInProcess);
		}

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
