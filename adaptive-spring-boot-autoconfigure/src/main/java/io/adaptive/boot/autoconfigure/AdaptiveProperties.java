package io.adaptive.boot.autoconfigure;

import io.adaptive.settings.RelayLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.SocketDirectory;
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
 * Properties of an application that publishes or uses services.
 *
 * @param enabled Whether to publish and discover services at all.
 * @param providerId Name of this machine or container, the same for all programs on it: 1
 * to 64 visible ASCII characters but the star. By default, found out from the machine.
 * @param scopes How far services are published and looked for, and no farther; LAN port,
 * secret, registries and proxy of a scope that is named come from what another program of
 * this machine was told, unless they are set. By default, process and os, with lan added
 * by a LAN port and wan by the address of a registry; lan and wan are looked in as this
 * machine was told.
 * @param codec How the connections that this application opens encode their messages.
 * Those that it accepts use what their opener wants. Formats json and cbor need the
 * corresponding Jackson library.
 * @param registeredTypes Classes of messages that may stand where a message declares
 * Object or an interface. Such a class can also be received without naming its type. Both
 * sides have to register it. A sealed type stands for its permitted types. By default,
 * none.
 * @param copyInProcess Whether messages are copied within the process too, so that their
 * receiver may change them. Otherwise both sides share the object.
 * @param discoverTimeout How long all clients wait for a service to appear, unless one
 * says otherwise. By default, for ever; zero does not wait.
 * @param drainTimeout How long messages in flight are served after a service was
 * unpublished, before what is left is broken off. By default,
 * spring.lifecycle.timeout-per-shutdown-phase.
 * @param workers Threads that call message handlers.
 * @param os Communication between the programs of one machine.
 * @param listen TCP port by which the services can be reached.
 * @param lan Finding services in the local networks.
 * @param registry Root registries, through which services are found anywhere.
 * @param rootRegistry Being a root registry.
 * @param reverseProxy Being a reverse proxy, through which applications are reached that
 * cannot be reached themselves.
 * @param link Limits of connections.
 * @param tracing Message tracing.
 * @param server Applications that publish services.
 * @param logging What the log says.
 * @param clients What holds for the clients of one service, by the id of their @Discover,
 * which is the service's name unless it says otherwise. By default, what their @Discover
 * says.
 * @param services What holds for one published service, by its name. By default, what
 * holds for all.
 */
@ConfigurationProperties("adaptive")
public record AdaptiveProperties(@DefaultValue("true") boolean enabled, @Nullable ProviderId providerId,
		@Nullable Set<Scope> scopes, @DefaultValue("fory") Codec codec, @DefaultValue List<Class<?>> registeredTypes,
		@DefaultValue("false") boolean copyInProcess, @Nullable Duration discoverTimeout,
		@Nullable Duration drainTimeout, @DefaultValue Workers workers, @DefaultValue Os os,
		@DefaultValue Listen listen, @DefaultValue Lan lan, @DefaultValue Registry registry,
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
		if (discoverTimeout != null) {
			AdaptiveClient.checkDiscoverTimeout(discoverTimeout);
		}
		if (drainTimeout != null) {
			Service.checkDrainTimeout(drainTimeout);
		}
	}

	/**
	 * How messages are encoded.
	 */
	public enum Codec {

		/** Apache Fory: small and fast, for Java on both sides. */
		FORY,

		/** JSON, needs tools.jackson.core:jackson-databind. */
		JSON,

		/** CBOR, needs tools.jackson.dataformat:jackson-dataformat-cbor. */
		CBOR

	}

	/**
	 * Threads that call message handlers.
	 *
	 * @param kind Whether the workers are virtual or platform threads. By default, what
	 * spring.threads.virtual.enabled says; if that is not set either, virtual threads
	 * from Java 24, platform threads below.
	 * @param resident Number of workers kept when there is nothing to do.
	 * @param queueSizePerCore Number of messages for each core that may wait for a worker
	 * before their senders are held up.
	 * @param queueMemory Size of the messages that may wait on all connections together
	 * before their senders are held up, those included that are received in part. By
	 * default, a quarter of the heap.
	 * @param queueWeight Number of waiting messages for which one more worker is started.
	 * Below zero, the pool has as many workers as are resident, whatever happens.
	 * @param max Number of workers there are at most. By default, and if it is 0, 10000
	 * virtual or 1024 platform threads.
	 * @param shedding Whether messages are refused at once while the queue is full,
	 * instead of holding up their senders.
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
	 * Communication between the programs of one machine.
	 *
	 * @param socketDirectory Directory of the sockets by which programs find each other,
	 * an absolute path of at most 72 bytes. Only its owner may be allowed to enter,
	 * unless it is shared. One that is not there is made. By default, a directory of the
	 * user under the system's temporary directory.
	 * @param shared Whether the directory is for programs of several users: whoever may
	 * enter it can use all services there.
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
	 * TCP port by which the services can be reached. Without host and port, none is
	 * opened.
	 *
	 * @param host Address of this machine to listen on, or 0.0.0.0 for all. Whoever can
	 * reach it can use the services. By default, only this machine can.
	 * @param port Port to listen on; 0 for any free one. By default, any free one if a
	 * host is set.
	 * @param advertisedHosts Names or addresses under which others may reach this
	 * machine, such as that of the machine around a container. By default, those of all
	 * network interfaces; what a registry sees is tried as well.
	 * @param relayedBy Host of a reverse proxy through which the services can be reached
	 * as well, with a port if it is not 7200. By default, one that a root registry or the
	 * local network offers is used if it is needed.
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
	 * Finding services in the local networks.
	 *
	 * @param port UDP port on which all programs of the network meet. Turns scope lan on.
	 * By default, 7201 if scope lan is wanted.
	 * @param interfaces Names or addresses of the network interfaces to use, with * for
	 * any characters. By default, all but the loopback.
	 * @param excludedInterfaces Names or addresses of network interfaces not to use. By
	 * default, none.
	 * @param seeds Hosts beyond the local networks that are asked directly, with a port
	 * if it is another. By default, none.
	 * @param secret What all programs of the network share, at least 16 bytes, so that
	 * datagrams of others are dropped. By default, datagrams are not signed.
	 * @param announceInterval How often published services are announced again; they are
	 * forgotten after about three times as long.
	 */
	public record Lan(@Nullable Integer port, @Nullable List<String> interfaces,
			@Nullable List<String> excludedInterfaces, @Nullable List<String> seeds, @Nullable String secret,
			@DefaultValue("5s") Duration announceInterval) {

		public Lan {
			settings(port, interfaces, excludedInterfaces, seeds, secret, announceInterval);
		}

		/**
		 * Returns whether more is said than how often to announce.
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
	 * Root registries, through which services are found anywhere.
	 *
	 * @param addresses Hosts of the root registries, with a port if it is not 7200. Turns
	 * scope wan on. By default, if scope wan is wanted, those that another program of
	 * this machine was told.
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
	 * Being a root registry.
	 *
	 * @param enabled Whether this application is a root registry, where it listens; on
	 * all addresses at port 7200 if that is not set.
	 * @param directory Directory in which the registry remembers who is there. By
	 * default, .adaptive/root-registry in the user's home directory.
	 * @param leaseTime How long an application stays registered without renewing that.
	 * @param renewalInterval How often applications renew their registration.
	 * @param protectionTime How long applications stay registered that were lost together
	 * and cannot be reached by the registry.
	 */
	public record RootRegistry(@DefaultValue("false") boolean enabled, @Nullable Path directory,
			@DefaultValue("6s") Duration leaseTime, @DefaultValue("2s") Duration renewalInterval,
			@DefaultValue("60s") Duration protectionTime) {

		public RootRegistry {
			new LeaseTimes(leaseTime, renewalInterval, protectionTime);
		}

		RootRegistrySettings settings() {
			LeaseTimes times = new LeaseTimes(this.leaseTime, this.renewalInterval, this.protectionTime);
			// Relaying is said by the properties of the reverse proxy.
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
	 * Being a reverse proxy, through which applications are reached that cannot be
	 * reached themselves.
	 *
	 * @param enabled Whether this application relays others. By default, if it is a root
	 * registry.
	 * @param publicHost Where clients reach the proxy. By default, the address at which
	 * the application behind it has reached it.
	 * @param firstPort First of the ports that are given out. By default, any free ports
	 * are.
	 * @param lastPort Last of the ports that are given out. By default, the first port.
	 * @param maxProviders Number of applications that may be relayed.
	 * @param maxConnections Number of clients that each of them may have.
	 * @param bytesPerSecond What is passed on for each of them in a second, both ways
	 * together.
	 * @param fetchTimeout How long a client waits for the application to come for it.
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
	 * Limits of connections.
	 *
	 * @param maxMessageSize Size of the largest message that is accepted.
	 * @param streamCredit Size of the messages that may wait on one stream before their
	 * sender is held up.
	 * @param connectionCredit Size of the messages that may wait on all streams of a
	 * connection together.
	 * @param maxPendingMessages Number of messages and calls that senders which do not
	 * wait may leave waiting for credit on one stream, and number of calls that may wait
	 * for an instance on one connection.
	 * @param maxPendingSize Size of the messages and calls that senders which do not wait
	 * may leave waiting for credit on one stream, beside one message of any size.
	 * @param handshakeTimeout How long a new connection may take to introduce itself.
	 * @param pingAfter Silence after which the other side is asked for a sign of life.
	 * @param deadAfter Silence after which a connection is given up.
	 * @param nativeSockets Whether Netty's native sockets are used where there are any,
	 * instead of those of the JDK.
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
	 * @param markScopes From where other programs may mark messages of this application
	 * for tracing. By default, from this user's programs on this machine.
	 * @param readScopes From where other programs may read and clear the traces that this
	 * application collects, which show the text of messages, and hand it theirs. By
	 * default, from this user's programs on this machine.
	 */
	public record Tracing(@DefaultValue("process,os") Set<Scope> markScopes,
			@DefaultValue("process,os") Set<Scope> readScopes) {

	}

	/**
	 * Applications that publish services.
	 *
	 * @param keepAlive Whether an application without a web server stays alive until its
	 * context is closed, if a bean publishes a service.
	 */
	public record Server(@DefaultValue("true") boolean keepAlive) {

	}

	/**
	 * What the log says.
	 *
	 * @param mdc Whether the context of logging says for which service, provider and
	 * stream a handler works, as adaptive.service, adaptive.provider and adaptive.stream.
	 * By default, if logging.structured.format is set.
	 */
	public record Logging(@Nullable Boolean mdc) {

	}

	/**
	 * The clients of one service. What is not set is as their @Discover says.
	 *
	 * @param timeout How long a call may take, waiting for the service and sending it
	 * again included; zero for no limit.
	 * @param discoverTimeout How long a call waits for the service to appear; zero does
	 * not wait.
	 * @param scopes Where to look for the service.
	 * @param providers Machines whose instances are wanted, by their provider ids; a star
	 * stands for any characters.
	 * @param selection How to choose among instances that are equally near: random,
	 * capacity, latency, a chain such as capacity,latency, round-robin,
	 * power-of-two-choices, sticky: and a key, or the name of a bean.
	 * @param priority How urgent the messages are where they are handled, unless their
	 * handler declares a priority.
	 * @param idempotent Whether handling a message twice does no harm, so that every call
	 * may be sent again.
	 * @param eager Whether to discover the service as soon as the application has
	 * started.
	 * @param copyInProcess Whether messages are copied within the process, so that their
	 * receiver may change them.
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
	 * One published service.
	 *
	 * @param drainTimeout How long its messages in flight are served after it was
	 * unpublished; by default adaptive.drain-timeout.
	 */
	public record PublishedService(@Nullable Duration drainTimeout) {

		public PublishedService {
			if (drainTimeout != null) {
				Service.checkDrainTimeout(drainTimeout);
			}
		}

	}

}
