package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.node.WarmUpRun;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.UnpublishResult;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.status.QueueListener;
import io.adaptive.status.RootRegistryStatus;
import io.adaptive.trace.MessageTracing;

/**
 * The framework's runtime in one program: workers, sockets, and the services it
 * publishes. A program needs one; two in one JVM are two nodes that know nothing of each
 * other but what they publish.
 */
public interface AdaptiveNode extends AutoCloseable {

	/**
	 * Configures a node.
	 * @return a builder with the defaults, or those of the {@linkplain NodeHost host} of
	 * the current thread
	 */
	static AdaptiveNodeBuilder builder() {
		return new AdaptiveNodeBuilder(NodeHost.current());
	}

	/**
	 * Makes the first node of the program start and answer sooner, by loading what it
	 * needs while the caller does something else. Takes half a second of processor time
	 * on a thread of its own.
	 */
	static void preload() {
		WarmUpRun.start(WarmUpRun::bind);
	}

	/**
	 * Begins to prepare, in the background, what encodes and carries the first messages.
	 * More thorough than what the node does by itself: with OS scope it calls itself over
	 * a socket that nobody else sees, if the temporary directory can be written. The log
	 * says when the node is warm. The second time, and once the node is closed, this does
	 * nothing.
	 */
	void warmUp();

	/**
	 * Prepares types of messages that clients of this program send or receive, in the
	 * background as part of the {@linkplain #warmUp() warm-up}, so that the first call of
	 * each takes milliseconds. Takes some milliseconds of processor time for each. The
	 * types of published services need no such call.
	 * @param types the types of requests and replies
	 */
	void prepare(Class<?>... types);

	/**
	 * Makes a server.
	 * @return the server, which ends with this node
	 */
	AdaptiveServer newServer();

	/**
	 * Makes a client, which waits for services as long as the node was told.
	 * @return the client, whose connections end with this node
	 */
	AdaptiveClient newClient();

	/**
	 * Reads the numbers of the worker pool.
	 * @return the numbers of this moment
	 */
	WorkerStatistics workers();

	/**
	 * Reads the numbers of this node.
	 * @return the numbers of about this moment
	 */
	NodeStatistics statistics();

	/**
	 * Tells somebody how long work waits for a worker. Without a listener no time is
	 * taken.
	 * @param listener is told instead of the one before, {@link QueueListener#NOBODY} to
	 * tell nobody
	 */
	void queueListener(QueueListener listener);

	/**
	 * Changes how the worker pool follows its load, at once.
	 * @param scaleFactors the new factors
	 */
	default void scale(ScaleFactors scaleFactors) {
		scale((before) -> scaleFactors);
	}

	/**
	 * Changes some of how the worker pool follows its load, at once, and leaves the rest.
	 * @param change gets the factors as they were set, with a maximum of 0 for the
	 * default, and gives the new ones
	 */
	void scale(UnaryOperator<ScaleFactors> change);

	/**
	 * Returns the message tracing of this program.
	 * @return marks messages, and reads what became of them
	 */
	MessageTracing tracing();

	/**
	 * Shows what the node does, for the person who runs it.
	 * @return the view, good as long as the node is
	 */
	NodeView view();

	/**
	 * Takes a service back, whichever server of this node published it: it is no longer
	 * found, its clients are told, what is in flight is served within the drain timeout,
	 * then its connections are closed. On a thread that runs a handler, hook or listener
	 * of this node, and on an event loop, this only begins.
	 * @param service the service
	 * @return what became of it or, where this only began, how it stands; empty if this
	 * node does not publish it
	 */
	Optional<UnpublishResult> unpublish(ServiceName service);

	/**
	 * Returns who this node is.
	 * @return the instance
	 */
	Instance instance();

	/**
	 * Returns where services of this node can be published.
	 * @return the scopes
	 */
	Set<Scope> scopes();

	/**
	 * Returns where clients of this node can search, which may be more than where it
	 * publishes: LAN and WAN are searched as other programs of this machine were told.
	 * @return the scopes
	 */
	Set<Scope> searchedScopes();

	/**
	 * Tells whether this node is confined to its process space, which then stands for all
	 * scopes.
	 * @return whether it was {@linkplain AdaptiveNodeBuilder#inMemory made} so
	 */
	boolean isInMemory();

	/**
	 * Returns where this node accepts connections over TCP, with the port it got.
	 * @return the address, empty before its first service is published there, and for a
	 * node that does not listen
	 */
	Optional<Endpoint.Tcp> tcpEndpoint();

	/**
	 * Tells how this node stands with its root registries.
	 * @return one status for each, none for a node without WAN scope
	 */
	List<RootRegistryStatus> registries();

	/**
	 * Returns where this node is reached through a reverse proxy.
	 * @return the endpoint, empty while no proxy is connected, and for a node that is not
	 * relayed
	 */
	Optional<Endpoint.Relayed> relayedEndpoint();

	/**
	 * Keeps the program alive until the node is closed, and closes the node when the
	 * program is told to end: by SIGTERM, Ctrl-C or {@link System#exit}. What is in
	 * flight is served within the drain timeout first. The exit status stays that of the
	 * signal, which is 143 for SIGTERM and 130 for Ctrl-C.
	 * <p>
	 * Returns when the node is closed, at once if it is already. Several threads may call
	 * this. An interrupt closes the node, too; the thread's interrupt flag is set then.
	 * @throws IllegalStateException on a thread that runs a handler, hook or listener of
	 * this node, and on an event loop
	 */
	void serve();

	/**
	 * Takes back what is published, serves what is in flight within the
	 * {@linkplain AdaptiveNodeBuilder#drainTimeout drain timeout} or that of the service,
	 * and ends, within 5 seconds more even if peers do not read. Closing twice does
	 * nothing but wait for the first time to be done.
	 * <p>
	 * On a thread that runs a handler, hook or listener of this node, and on an event
	 * loop, this only begins, since it would wait for itself; the rest is done on another
	 * thread, which keeps the program alive meanwhile. {@link #serve()} returns when it
	 * is done.
	 */
	@Override
	void close();

	/**
	 * Does as {@link #close()}, but is done within a time limit: a quarter of it, 5
	 * seconds at most, is kept for what comes after the services, which get the rest or
	 * their drain timeout, whichever is less. What is not done then is given up: handlers
	 * are interrupted, and what was sent last may be lost.
	 * @param timeout the limit; a hundred years or more are none. Where another thread
	 * closes the node already, its limit holds, and this one waits no longer than this
	 * @throws IllegalArgumentException if it is negative
	 */
	void close(Duration timeout);

}
