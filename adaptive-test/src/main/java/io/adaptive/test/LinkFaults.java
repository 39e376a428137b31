package io.adaptive.test;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.MessageType;
import io.adaptive.message.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * The faults of the connections of an {@link InMemoryNetwork}, in both directions. Each
 * method takes effect immediately, and several faults can be combined. Times are measured
 * by the {@link TestClock} of the network. Connections to built-in services are not
 * affected. Thread-safe.
 *
 * <pre class="code">
 * network.faults().delay(Duration.ofMillis(20)).reorderStreams(Duration.ofMillis(50));
 * network.faults().of("example", "hello").loseConnectionBeforeAnswer(HelloRequest.class);
 * </pre>
 */
public final class LinkFaults {

	private final FaultyLinks links;

	private final @Nullable ServiceName service;

	private final Queue<Loss> losses = new ConcurrentLinkedQueue<>();

	private final AtomicInteger refusals = new AtomicInteger();

	private volatile Faults faults = Faults.NONE;

	LinkFaults(FaultyLinks links, @Nullable ServiceName service) {
		this.links = links;
		this.service = service;
	}

	/**
	 * Returns the faults of connections to one service. Its delays, reordering, slow
	 * reading and holding replace those of all connections.
	 * @param publisher the publisher
	 * @param name the name of the service
	 * @return the faults of that service, the same object for each call
	 */
	public LinkFaults of(String publisher, String name) {
		return this.links.of(new ServiceName(publisher, name));
	}

	/**
	 * Sets a fixed delay.
	 * @param delay the delay, zero for none
	 * @return this
	 */
	public LinkFaults delay(Duration delay) {
		return delay(delay, delay);
	}

	/**
	 * Sets a random delay, drawn for each envelope. The order is kept.
	 * @param min the minimum delay
	 * @param max the maximum delay
	 * @return this
	 */
	public LinkFaults delay(Duration min, Duration max) {
		return change(this.faults.delayed(min, max));
	}

	/**
	 * Reorders streams relative to each other. The order within a stream is kept.
	 * @param within the maximum time by which streams overtake each other, drawn for each
	 * envelope; zero for none
	 * @return this
	 */
	public LinkFaults reorderStreams(Duration within) {
		return change(this.faults.reordered(within));
	}

	/**
	 * Slows down the receiver of messages, so that the sender runs out of credit.
	 * @param perMessage the time to read each message, zero for none
	 * @return this
	 */
	public LinkFaults readSlowly(Duration perMessage) {
		return change(this.faults.readSlowly(perMessage));
	}

	/**
	 * Holds all messages and new connections until they are {@linkplain #release()
	 * released}.
	 * @return this
	 */
	public LinkFaults hold() {
		return change(this.faults.held(true));
	}

	/**
	 * Releases held messages and connections, in their order.
	 * @return this
	 */
	public LinkFaults release() {
		return change(this.faults.held(false));
	}

	/**
	 * Refuses new connections. Open connections are not affected.
	 * @return this
	 */
	public LinkFaults refuseConnections() {
		return refuseConnections(Integer.MAX_VALUE);
	}

	/**
	 * Refuses a number of new connections.
	 * @param times the number of connections, zero for none
	 * @return this
	 */
	public LinkFaults refuseConnections(int times) {
		this.refusals.set(times);
		return this;
	}

	/**
	 * Loses the open connections, with all messages in transit. New connections are not
	 * affected.
	 * @return this
	 */
	public LinkFaults loseConnections() {
		this.links.lose(this.service);
		return this;
	}

	/**
	 * Loses the connection of the next message of a type sent by a client, before the
	 * message is received. No handler receives it, and the delivery state at the sender
	 * is unknown.
	 * @param messageType the concrete type of the message
	 * @return this
	 */
	public LinkFaults loseConnectionBefore(Class<?> messageType) {
		return lose(messageType, Losses.Moment.BEFORE_ARRIVAL);
	}

	/**
	 * Loses the connection of the next message of a type sent by a client, after the
	 * message is received and before its answer is. The handler runs, and the delivery
	 * state at the sender is unknown.
	 * @param messageType the concrete type of the message
	 * @return this
	 */
	public LinkFaults loseConnectionBeforeAnswer(Class<?> messageType) {
		return lose(messageType, Losses.Moment.BEFORE_ANSWER);
	}

	private LinkFaults lose(Class<?> messageType, Losses.Moment moment) {
		this.losses.add(new Loss(MessageType.of(messageType).name(), moment));
		return this;
	}

	/**
	 * Sets the seed of random times, for connections opened afterwards. The same seed and
	 * the same messages result in the same times.
	 * @param seed the seed, by default 0
	 * @return this
	 */
	public LinkFaults seed(long seed) {
		this.links.seed(seed);
		return this;
	}

	/**
	 * Ends all faults of the service, or of all services if this object applies to all
	 * connections. Messages in transit are delivered at once.
	 */
	public void reset() {
		this.links.reset(this.service);
	}

	void clear() {
		this.faults = Faults.NONE;
		this.refusals.set(0);
		this.losses.clear();
	}

	private LinkFaults change(Faults changed) {
		this.faults = changed;
		this.links.faultsChanged();
		return this;
	}

	Faults faults() {
		return this.faults;
	}

	boolean takeRefusal() {
		return this.refusals.getAndUpdate((left) -> Math.max(0, left - 1)) > 0;
	}

	Losses.@Nullable Moment takeLoss(String message) {
		for (Loss loss : List.copyOf(this.losses)) {
			if (loss.message.equals(message) && this.losses.remove(loss)) {
				return loss.moment;
			}
		}
		return null;
	}

	@Override
	public String toString() {
		return "faults of " + ((this.service != null) ? this.service : "all services");
	}

	private record Loss(String message, Losses.Moment moment) {
	}

}
