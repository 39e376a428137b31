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
 * The response of {@code /actuator/adaptive}.
 *
 * @param provider the provider id of the machine
 * @param incarnation the incarnation, which identifies this run of the program
 * @param inMemory whether the node is confined to its process
 * @param outOfService whether the node has published services and offers none any more
 * @param scopes the scopes of the node and its addresses there
 * @param services the services that it publishes or drains
 * @param builtin the built-in services that it publishes
 * @param workers the worker pool
 * @param connections the connections
 * @param discovered the known instances, without a query
 * @param waiting waiting operations
 */
record NodeDescription(String provider, String incarnation, boolean inMemory, boolean outOfService,
		List<ScopeDescription> scopes, Excerpt<Published> services, List<Builtin> builtin, Workers workers,
		Excerpt<Connected> connections, Excerpt<Discovered> discovered,
		Waiting waiting) implements OperationResponseBody {

	/**
	 * A scope of the node.
	 *
	 * @param scope the scope
	 * @param addresses the addresses of the node, none before the first publication there
	 * @param directory the socket directory, in scope OS
	 * @param network the status of LAN discovery, in scope LAN
	 * @param registries the status of the root registries, in scope WAN
	 */
	record ScopeDescription(Scope scope, List<String> addresses, @Nullable String directory, @Nullable Network network,
			@Nullable List<Registry> registries) {
	}

	/**
	 * The status of LAN discovery.
	 *
	 * @param port the UDP port
	 * @param started whether LAN discovery has started
	 * @param listening whether the node receives broadcasts
	 * @param interfaces the addresses of the network interfaces in use
	 * @param signed whether datagrams are signed
	 */
	record Network(int port, boolean started, boolean listening, List<String> interfaces, boolean signed) {
	}

	/**
	 * A root registry.
	 *
	 * @param address the address
	 * @param connected whether the node is connected to the registry
	 * @param since the time since {@code connected} last changed
	 * @param registration the state of the registration of the node
	 * @param refusal the reason of a refused registration
	 * @param lastError the reason of the last failed or lost connection
	 */
	record Registry(String address, boolean connected, Instant since, String registration, @Nullable String refusal,
			@Nullable String lastError) {
	}

	/**
	 * A service that the node publishes.
	 *
	 * @param service its publisher and name
	 * @param scopes the scopes in which it is published
	 * @param draining the scopes in which it drains
	 * @param ordered whether handlers of messages on one stream run one at a time
	 * @param messages the messages that it handles
	 * @param connections the number of connected clients
	 * @param inFlight the number of messages that were accepted and are not completely
	 * handled
	 */
	record Published(String service, Set<Scope> scopes, Set<Scope> draining, boolean ordered, List<Handled> messages,
			int connections, long inFlight) {
	}

	/**
	 * A message that a service handles.
	 *
	 * @param type the name of the type on the wire
	 * @param priority the priority
	 * @param nonBlocking whether its handler is non-blocking
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
	 * @param resident the number of workers that stay idle when no message waits
	 * @param queueSizePerCore the number of messages per core that may wait
	 * @param queueWeight the number of waiting messages for which one more idle worker is
	 * added
	 * @param max the maximum number of workers
	 * @param now the current statistics
	 */
	record Workers(int resident, int queueSizePerCore, int queueWeight, int max,
			WorkerStatistics now) implements OperationResponseBody {
	}

	/**
	 * A connection.
	 *
	 * @param side the end of the connection
	 * @param service the service of the connection
	 * @param peer the node at the other end: provider id and incarnation
	 * @param scope the scope of the connection
	 * @param address the address of the server
	 * @param relayedBy the reverse proxy that relays the connection, if any
	 * @param since the time when the connection was opened
	 * @param open whether messages can be sent
	 * @param leaving whether one of the ends shuts down
	 * @param streams the number of open streams
	 * @param callsSent the number of calls of this node that wait for an answer
	 * @param callsReceived the number of calls of the peer that are being handled
	 * @param credit the number of bytes that can be sent until the peer grants more
	 * credit
	 */
	record Connected(ConnectionStatus.Side side, String service, String peer, Scope scope, String address,
			@Nullable String relayedBy, Instant since, boolean open, boolean leaving, int streams, int callsSent,
			int callsReceived, long credit) {
	}

	/**
	 * A known instance of a service in another program.
	 *
	 * @param service its publisher and name
	 * @param provider the provider id and incarnation
	 * @param scope the nearest scope in which it is known
	 * @param addresses the addresses, the best first
	 * @param proxied whether it can be reached through reverse proxies only
	 * @param connectedSince the time since which the node is connected to it, if it is
	 */
	record Discovered(String service, String provider, Scope scope, List<String> addresses, boolean proxied,
			@Nullable Instant connectedSince) {
	}

	/**
	 * Waiting operations.
	 *
	 * @param searches clients that wait for a service
	 * @param sends messages that wait for credit
	 * @param drains unpublished services that wait for messages in flight
	 */
	record Waiting(Excerpt<Search> searches, Excerpt<Send> sends, Excerpt<Drain> drains) {
	}

	/**
	 * A client that waits for a service.
	 *
	 * @param service the service searched for
	 * @param scopes the scopes searched
	 * @param providers the provider ids searched for, empty for all
	 * @param since the start of the search
	 * @param timeout the timeout, if there is one
	 * @param reason the reason why it waits
	 * @param askedBy the purpose, if known
	 * @param thread the name of the thread that waits
	 */
	record Search(String service, List<Scope> scopes, List<String> providers, Instant since, @Nullable Duration timeout,
			String reason, @Nullable String askedBy, String thread) {
	}

	/**
	 * Messages that wait for credit of their peer.
	 *
	 * @param service the service of the connection
	 * @param peer the peer
	 * @param scope the scope of the connection
	 * @param streams the number of streams
	 * @param messages the number of messages
	 * @param since the time since which the first of them waits
	 */
	record Send(String service, String peer, Scope scope, int streams, int messages, Instant since) {
	}

	/**
	 * An unpublished service that waits for messages in flight.
	 *
	 * @param service its publisher and name
	 * @param scopes the scopes in which it was published
	 * @param since the time when it was unpublished
	 * @param inFlight the number of messages being handled
	 */
	record Drain(String service, Set<Scope> scopes, Instant since, long inFlight) {
	}

}
