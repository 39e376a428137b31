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
 * Stands in for a remote service: answers as a test says, and remembers what it was sent.
 * Answers may be given, changed and taken back at any time, also while clients are
 * connected. A message without an answer is refused with a text that says so.
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

	/** Begun anew by a reset: what is still being handled then belongs to the past. */
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
	 * Makes a stub that nobody can reach yet.
	 * @param service the service it stands for
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
	 * Returns which service this stands for.
	 * @return its name
	 */
	public ServiceName service() {
		return this.service;
	}

	/**
	 * Begins to say what becomes of the messages of a type.
	 * @param <M> the type
	 * @param messageType a message type, concrete or sealed
	 * @return takes the answer
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
	 * Returns all messages that had an answer, in the order they were handled.
	 * @return the messages of this moment
	 */
	public List<Object> received() {
		return this.received.all();
	}

	/**
	 * Returns the messages of a type, in the order they were handled.
	 * @param <M> the type
	 * @param messageType the type, or what several types have in common
	 * @return the messages of this moment
	 */
	public <M> List<M> received(Class<M> messageType) {
		return this.received.of(messageType);
	}

	/**
	 * Waits until messages of a type have come, as is needed for what is sent one way.
	 * @param <M> the type
	 * @param messageType the type, or what several types have in common
	 * @param count how many are wanted
	 * @return the messages, at least so many
	 * @throws AssertionError if fewer have come after 10 seconds
	 */
	public <M> List<M> awaitReceived(Class<M> messageType, int count) {
		return this.received.await(this, messageType, count);
	}

	/**
	 * Falls silent, as a machine that has lost its network: nothing gets through any more
	 * and, when its lease of 6 seconds has run out by the network's clock, it is found no
	 * more and its connections are lost.
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
	 * Ends the silence: what is held gets through, and the stub is found again.
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
	 * Forgets all answers and what was received, also what is being handled at this
	 * moment, and ends a silence.
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
	 * Leaves as a service does: is no longer found, tells its clients, and closes their
	 * connections. Does not wait for answers that are under way.
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
