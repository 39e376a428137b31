package io.adaptive.boot.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.adaptive.message.Priority;
import io.adaptive.message.Scope;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.stream.ConnectionStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What {@code /actuator/adaptive} shows.
 *
 * @param provider the id of the machine
 * @param incarnation tells this start of the program from others
 * @param inMemory whether the node is confined to its process
 * @param outOfService whether it once published services and offers none any more
 * @param scopes where its services can be published, and how it is reached there
 * @param services what it publishes, or is taking back
 * @param builtin the built-in services that it publishes
 * @param workers who runs the handlers
 * @param connections whom it is connected with
 * @param discovered instances that it knows of, without asking anybody
 * @param waiting what does not go on, and why
 */
record NodeDescription(String provider, String incarnation, boolean inMemory, boolean outOfService,
		List<ScopeDescription> scopes, Excerpt<Published> services, List<Builtin> builtin, Workers workers,
		Excerpt<Connected> connections, Excerpt<Discovered> discovered,
		Waiting waiting) implements OperationResponseBody {

	/**
	 * A scope of the node.
	 *
	 * @param scope the scope
	 * @param addresses where the node is reached, none before its first service is
	 * published there
	 * @param directory where the programs of the machine meet, in scope OS
	 * @param network how the node takes part in the local networks, in scope LAN
	 * @param registries how it stands with its root registries, in scope WAN
	 */
	record ScopeDescription(Scope scope, List<String> addresses, @Nullable String directory, @Nullable Network network,
			@Nullable List<Registry> registries) {
	}

	/**
	 * How the node takes part in the local networks.
	 *
	 * @param port the UDP port on which all meet
	 * @param started whether it has begun to
	 * @param listening whether it hears the others
	 * @param interfaces the addresses of network interfaces that it uses
	 * @param signed whether datagrams are signed
	 */
	record Network(int port, boolean started, boolean listening, List<String> interfaces, boolean signed) {
	}

	/**
	 * A root registry.
	 *
	 * @param address where it is
	 * @param connected whether it is reached
	 * @param since since when that has been so
	 * @param registration whether the node is registered there
	 * @param refusal why it was refused, if it was
	 * @param lastError why the registry was not reached the last time, if it was not
	 */
	record Registry(String address, boolean connected, Instant since, String registration, @Nullable String refusal,
			@Nullable String lastError) {
	}

	/**
	 * A service that the node publishes.
	 *
	 * @param service its publisher and name
	 * @param scopes where it is published
	 * @param draining where it is being taken back
	 * @param ordered whether the handlers of one stream run one after the other
	 * @param messages what it handles
	 * @param connections how many clients are connected
	 * @param inFlight messages that were taken and are not handled yet
	 */
	record Published(String service, Set<Scope> scopes, Set<Scope> draining, boolean ordered, List<Handled> messages,
			int connections, long inFlight) {
	}

	/**
	 * A message that a service handles.
	 *
	 * @param type its name on the wire
	 * @param priority how urgent it is
	 * @param nonBlocking whether its handler may run where the message arrives
	 */
	record Handled(String type, Priority priority, boolean nonBlocking) {
	}

	/**
	 * A built-in service.
	 *
	 * @param service its publisher and name
	 * @param scopes where it is published
	 */
	record Builtin(String service, Set<Scope> scopes) {
	}

	/**
	 * The worker pool.
	 *
	 * @param resident workers that stay idle when nothing waits
	 * @param queueSizePerCore messages that may wait for each core
	 * @param queueWeight for how many waiting messages one more worker is wanted
	 * @param max how many workers there may be
	 * @param now the numbers of this moment
	 */
	record Workers(int resident, int queueSizePerCore, int queueWeight, int max,
			WorkerStatistics now) implements OperationResponseBody {
	}

	/**
	 * A connection.
	 *
	 * @param side which end the node is
	 * @param service to which service it leads
	 * @param peer the node at the other end: machine and incarnation
	 * @param scope how near that is
	 * @param address where the server is reached
	 * @param relayedBy which reverse proxy is in between, if one is
	 * @param since since when it has been there
	 * @param open whether messages can be sent
	 * @param leaving whether one of the ends is leaving
	 * @param streams how many streams are open
	 * @param callsSent calls of this node that wait for an answer
	 * @param callsReceived calls of the peer that are being handled
	 * @param credit bytes that may be sent before the peer takes some
	 */
	record Connected(ConnectionStatus.Side side, String service, String peer, Scope scope, String address,
			@Nullable String relayedBy, Instant since, boolean open, boolean leaving, int streams, int callsSent,
			int callsReceived, long credit) {
	}

	/**
	 * An instance of a service elsewhere that the node knows of.
	 *
	 * @param service its publisher and name
	 * @param provider the machine and incarnation
	 * @param scope the nearest scope in which it is known
	 * @param addresses where it is reached, the best first
	 * @param proxied whether that is by reverse proxies only
	 * @param connectedSince since when the node has been connected with it, if it is
	 */
	record Discovered(String service, String provider, Scope scope, List<String> addresses, boolean proxied,
			@Nullable Instant connectedSince) {
	}

	/**
	 * What does not go on.
	 *
	 * @param searches clients that wait for a service to appear
	 * @param sends messages that wait until their peer takes earlier ones
	 * @param drains services that wait for what is in flight before they are gone
	 */
	record Waiting(Excerpt<Search> searches, Excerpt<Send> sends, Excerpt<Drain> drains) {
	}

	/**
	 * A client that waits for a service.
	 *
	 * @param service what it looks for
	 * @param scopes where
	 * @param providers on which machines, none for any
	 * @param since since when
	 * @param timeout after what time it gives up, if it does
	 * @param reason why it waits
	 * @param askedBy for whom it is, if that is known
	 * @param thread the name of the thread that waits
	 */
	record Search(String service, List<Scope> scopes, List<String> providers, Instant since, @Nullable Duration timeout,
			String reason, @Nullable String askedBy, String thread) {
	}

	/**
	 * Messages that wait until their peer takes earlier ones.
	 *
	 * @param service on a connection to which service
	 * @param peer to whom
	 * @param scope in which scope
	 * @param streams on how many streams
	 * @param messages how many messages
	 * @param since since when the first of them
	 */
	record Send(String service, String peer, Scope scope, int streams, int messages, Instant since) {
	}

	/**
	 * A service that waits for what is in flight.
	 *
	 * @param service its publisher and name
	 * @param scopes where it was published
	 * @param since since when
	 * @param inFlight messages that are being handled
	 */
	record Drain(String service, Set<Scope> scopes, Instant since, long inFlight) {
	}

}
