package io.adaptive.test;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.adaptive.internal.dispatch.HandlerTable;
import io.adaptive.internal.dispatch.ServiceDispatcher;
import io.adaptive.internal.dispatch.ServiceHooks;
import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.server.ServiceDefinition;
import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Priority;
import io.adaptive.message.ServiceName;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Publication;
import io.adaptive.settings.LeaseTimes;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import io.adaptive.spi.Link;
import org.jspecify.annotations.Nullable;

/**
 * A stub of a remote service. It answers as configured by a test and records received
 * messages. Answers can be set, changed and removed at any time, including while clients
 * are connected. A message without an answer is refused with an error that names the stub
 * and the message.
 *
 * <pre class="code">
 * ServiceStub hello = network.stub("example", "hello");
 * hello.on(HelloRequest.class).reply((request) -> new HelloReply("Hello " + request.who()));
 * ...
 * assertThat(hello.received(HelloRequest.class)).containsExactly(new HelloRequest("John"));
 * </pre>
 *
 * Safe for use by many threads.
 */
public final class ServiceStub implements AutoCloseable {

	private static final ErrorInfo LEAVING = new ErrorInfo(ErrorCode.UNAVAILABLE, "the service is leaving");

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final ServiceName service;

	/**
	 * Replaced by a reset, so that messages still being handled are recorded in the
	 * previous one.
	 */
	private volatile Received received = new Received();

	private final Map<Class<?>, StubAnswer<?>> answers = new LinkedHashMap<>();

	private final WorkerPool workers = new WorkerPool(WorkerKind.AUTO, ScaleFactors.DEFAULT, false);

	private final ConnectionSet connections = new ConnectionSet();

	private final StubDispatcher dispatcher;

	private @Nullable Place place;

	private @Nullable Publication publication;

	private @Nullable Lane lease;

	private int silences;

	/**
	 * Creates a stub that is not published yet.
	 * @param service the stubbed service
	 * @see InMemoryNetwork#publish
	 */
	public ServiceStub(ServiceName service) {
		this.service = service;
		this.dispatcher = new StubDispatcher(service, dispatcherOf(HandlerTable.EMPTY));
	}

	private ServiceDispatcher dispatcherOf(HandlerTable handlers) {
		return new ServiceDispatcher(this.service, handlers, ServiceHooks.NONE, false, this.workers);
	}

	/**
	 * Returns the name of the stubbed service.
	 * @return the name
	 */
	public ServiceName service() {
		return this.service;
	}

	/**
	 * Starts to configure the answer to messages of a type.
	 * @param <M> the type
	 * @param messageType a message type, concrete or sealed
	 * @return the stubbing, which accepts the answer
	 */
	public <M> Stubbing<M> on(Class<M> messageType) {
		return new Stubbing<>(this, messageType);
	}

	@SuppressWarnings("unchecked")
	synchronized <M> ServiceStub answer(Class<M> type, UnaryOperator<StubAnswer<M>> change) {
		StubAnswer<M> before = (StubAnswer<M>) this.answers.get(type);
		Map<Class<?>, StubAnswer<?>> changed = new LinkedHashMap<>(this.answers);
		changed.put(type, change.apply((before != null) ? before : StubAnswer.none(type)));
		apply(changed);
		return this;
	}

	private void apply(Map<Class<?>, StubAnswer<?>> changed) {
		HandlerTable handlers = HandlerTable.EMPTY;
		for (StubAnswer<?> answer : changed.values()) {
			handlers = answer.addTo(handlers, this.received);
		}
		this.dispatcher.use(dispatcherOf(handlers), changed.values().stream().anyMatch(StubAnswer::isConversation));
		this.answers.clear();
		this.answers.putAll(changed);
	}

	/**
	 * Returns all received messages that had an answer, in the order of handling.
	 * @return the messages received so far
	 */
	public List<Object> received() {
		return this.received.all();
	}

	/**
	 * Returns the received messages of a type, in the order of handling.
	 * @param <M> the type
	 * @param messageType the type, or a common supertype of several types
	 * @return the messages received so far
	 */
	public <M> List<M> received(Class<M> messageType) {
		return this.received.of(messageType);
	}

	/**
	 * Waits until messages of a type were received, for tests of one-way messages.
	 * @param <M> the type
	 * @param messageType the type, or a common supertype of several types
	 * @param count the minimum number of messages
	 * @return the messages, at least {@code count}
	 * @throws AssertionError if fewer were received after 10 seconds
	 */
	public <M> List<M> awaitReceived(Class<M> messageType, int count) {
		return this.received.await(this, messageType, count);
	}

	/**
	 * Simulates a machine that has lost its network. No message gets through any more.
	 * When its lease of 6 seconds has expired by the clock of the network, the stub is no
	 * longer found and its connections are lost.
	 * @return this
	 */
	public synchronized ServiceStub fallSilent() {
		Place current = place();
		current.faults(this.service).hold();
		cancelLease();
		this.silences++;
		int silence = this.silences;
		this.lease = current.links.scheduler().executeLater(LeaseTimes.DEFAULT.lease(), () -> leaseRanOut(silence));
		return this;
	}

	/**
	 * May come when the silence has just ended.
	 */
	private synchronized void leaseRanOut(int silence) {
		if (this.lease == null || silence != this.silences) {
			return;
		}
		Place current = place();
		if (this.publication != null) {
			this.publication.close();
			this.publication = null;
		}
		current.faults(this.service).loseConnections();
	}

	/**
	 * Ends the silence: held messages get through, and the stub is found again.
	 * @return this
	 */
	public synchronized ServiceStub wakeUp() {
		Place current = place();
		cancelLease();
		publish(current);
		current.faults(this.service).release();
		return this;
	}

	private void cancelLease() {
		Lane current = this.lease;
		if (current != null) {
			place().links.scheduler().drop(current);
			this.lease = null;
		}
	}

	private Place place() {
		Place current = this.place;
		if (current == null) {
			throw new IllegalStateException("The %s is not published in a network".formatted(this));
		}
		return current;
	}

	/**
	 * Removes all answers and received messages, including messages being handled, and
	 * ends a silence.
	 */
	public synchronized void reset() {
		this.received = new Received();
		apply(Map.of());
		if (this.lease != null) {
			wakeUp();
		}
	}

	/**
	 * Lets clients find the stub.
	 */
	synchronized ServiceStub publish(AdaptiveServer server, FaultyLinks links) {
		publish(new Place(server, links));
		return this;
	}

	private void publish(Place where) {
		if (this.publication == null) {
			this.publication = where.server.publish(ServiceDefinition.named(this.service).takeOver(this::accept));
		}
		this.place = where;
	}

	private Link.Receiver accept(Link link) {
		MultiplexedConnection connection = MultiplexedConnection.server(link, this.dispatcher,
				(work) -> this.workers.execute(Priority.NORMAL, work));
		connection.onOpen(() -> this.connections.add(connection));
		return connection.receiver();
	}

	/**
	 * Unpublishes the stub like a service: it is withdrawn from discovery, its clients
	 * are notified, and their connections are closed. Does not wait for pending answers.
	 */
	@Override
	public void close() {
		Publication current;
		synchronized (this) {
			cancelLease();
			current = this.publication;
			this.publication = null;
		}
		if (current != null) {
			current.close();
			closeConnections();
		}
		this.workers.close();
	}

	private void closeConnections() {
		this.connections.all().forEach((connection) -> connection.goAway(LEAVING));
		try {
			this.connections.close(LEAVING, CLOSE_TIMEOUT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public String toString() {
		return "stub of " + this.service;
	}

	private record Place(AdaptiveServer server, FaultyLinks links) {

		LinkFaults faults(ServiceName service) {
			return this.links.of(service);
		}

	}

}
