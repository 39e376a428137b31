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
 * A node: the runtime of the framework in one program, with workers, sockets and
 * published services. A program needs one node. Two nodes in one JVM are independent and
 * share nothing but what they publish.
 */
public interface AdaptiveNode extends AutoCloseable {

	/**
	 * Returns a builder of a node.
	 * @return a builder with the defaults, or those of the {@linkplain NodeHost host} of
	 * the current thread
	 */
	static AdaptiveNodeBuilder builder() {
		return new AdaptiveNodeBuilder(NodeHost.current());
	}

	/**
	 * Preloads the classes of the first node in the background, so that it starts and
	 * answers sooner. Takes about half a second of processor time on a separate thread.
	 */
	static void preload() {
		WarmUpRun.start(WarmUpRun::bind);
	}

	/**
	 * Starts a warm-up in the background, which prepares encoding and transfer of the
	 * first messages. It is more thorough than the automatic warm-up: with OS scope the
	 * node calls itself over a private socket, if the temporary directory is writable.
	 * The end of the warm-up is logged. A second call, and a call after the node was
	 * closed, has no effect.
	 */
	void warmUp();

	/**
	 * Prepares message types that clients of this program send or receive, in the
	 * background as part of the {@linkplain #warmUp() warm-up}, so that the first call
	 * with each type takes milliseconds. Takes some milliseconds of processor time per
	 * type. Types of published services are prepared automatically.
	 * @param types the types of requests and replies
	 */
	void prepare(Class<?>... types);

	/**
	 * Returns a new server.
	 * @return the server, which is closed with this node
	 */
	AdaptiveServer newServer();

	/**
	 * Returns a new client, with the discover timeout of this node.
	 * @return the client, whose connections are closed with this node
	 */
	AdaptiveClient newClient();

	/**
	 * Returns the statistics of the worker pool.
	 * @return the current statistics
	 */
	WorkerStatistics workers();

	/**
	 * Returns the statistics of this node.
	 * @return the statistics, approximately current
	 */
	NodeStatistics statistics();

	/**
	 * Sets the listener of the time that tasks wait for a worker. Without a listener no
	 * time is measured.
	 * @param listener the listener, which replaces the previous one;
	 * {@link QueueListener#NOBODY} for none
	 */
	void queueListener(QueueListener listener);

	/**
	 * Sets the scale factors of the worker pool, with immediate effect.
	 * @param scaleFactors the new factors
	 */
	default void scale(ScaleFactors scaleFactors) {
		scale((before) -> scaleFactors);
	}

	/**
	 * Changes the scale factors of the worker pool, with immediate effect.
	 * @param change receives the factors as they were set, with a maximum of 0 for the
	 * default, and returns the new ones
	 */
	void scale(UnaryOperator<ScaleFactors> change);

	/**
	 * Returns the message tracing of this program.
	 * @return the message tracing
	 */
	MessageTracing tracing();

	/**
	 * Returns a view of the state of this node, for operators.
	 * @return the view, valid until the node is closed
	 */
	NodeView view();

	/**
	 * Unpublishes a service, regardless of the server that published it. The service is
	 * withdrawn from discovery, its clients are notified, messages in flight are
	 * completed within the drain timeout, and then its connections are closed. On a
	 * thread that runs a handler, hook or listener of this node, and on an event loop,
	 * this method only initiates that.
	 * @param service the service
	 * @return the result, or the intermediate state if unpublishing was only initiated;
	 * empty if this node does not publish the service
	 */
	Optional<UnpublishResult> unpublish(ServiceName service);

	/**
	 * Returns the identity of this node.
	 * @return the instance
	 */
	Instance instance();

	/**
	 * Returns the scopes in which this node publishes services.
	 * @return the scopes
	 */
	Set<Scope> scopes();

	/**
	 * Returns the scopes in which clients of this node search. They can exceed the scopes
	 * of publication: LAN and WAN are also searched with the settings of other programs
	 * of this machine.
	 * @return the scopes
	 */
	Set<Scope> searchedScopes();

	/**
	 * Returns whether this node is confined to its process space, which then represents
	 * all scopes.
	 * @return {@code true} if it was {@linkplain AdaptiveNodeBuilder#inMemory configured}
	 * so
	 */
	boolean isInMemory();

	/**
	 * Returns the address at which this node accepts TCP connections, with its actual
	 * port.
	 * @return the address, empty before the first service is published there, and for a
	 * node that does not listen
	 */
	Optional<Endpoint.Tcp> tcpEndpoint();

	/**
	 * Returns the status of the root registries of this node.
	 * @return one status per registry; empty for a node without WAN scope
	 */
	List<RootRegistryStatus> registries();

	/**
	 * Returns the endpoint of this node at a reverse proxy.
	 * @return the endpoint, empty while no proxy is connected, and for a node that is not
	 * relayed
	 */
	Optional<Endpoint.Relayed> relayedEndpoint();

	/**
	 * Keeps the program running until the node is closed, and closes the node on SIGTERM,
	 * Ctrl-C and {@link System#exit}. Messages in flight are completed within the drain
	 * timeout. The exit status is that of the signal: 143 for SIGTERM and 130 for Ctrl-C.
	 * <p>
	 * Returns when the node is closed, or at once if it already is. Several threads can
	 * call this method. An interrupt also closes the node and leaves the interrupt flag
	 * of the thread set.
	 * @throws IllegalStateException on a thread that runs a handler, hook or listener of
	 * this node, and on an event loop
	 */
	void serve();

	/**
	 * Unpublishes all services, completes messages in flight within the
	 * {@linkplain AdaptiveNodeBuilder#drainTimeout drain timeout} or that of the service,
	 * and closes the node within 5 seconds more, even if peers do not read. Closing again
	 * waits until the first call has completed.
	 * <p>
	 * On a thread that runs a handler, hook or listener of this node, and on an event
	 * loop, this method would wait for itself. There it only initiates closing, which
	 * continues on another thread and keeps the program running until it is done.
	 * {@link #serve()} returns when it is done.
	 */
	@Override
	void close();

	/**
	 * Closes the node like {@link #close()}, within a timeout. A quarter of the timeout,
	 * at most 5 seconds, is reserved for the steps after the services. Services have the
	 * rest or their drain timeout, whichever is less. Work that is incomplete then is
	 * aborted: handlers are interrupted, and the messages sent last may be lost.
	 * @param timeout the timeout; 100 years or more is no limit. If another thread is
	 * already closing the node, its timeout applies, and this call waits no longer than
	 * its own
	 * @throws IllegalArgumentException if it is negative
	 */
	void close(Duration timeout);

}
