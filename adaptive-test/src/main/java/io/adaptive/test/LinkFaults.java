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
 * What the connections of an {@link InMemoryNetwork} suffer, in both directions, from now
 * on; several faults may be in force together. Times are those of the network's
 * {@link TestClock}. Connections to the framework's own services are left alone. Safe for
 * use by many threads.
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
	 * Speaks of the connections to one service only. Delays, reordering, slow reading and
	 * holding that are set for it replace those that are set for all.
	 * @param publisher the publisher
	 * @param name the service's name
	 * @return the faults of that service, always the same object
	 */
	public LinkFaults of(String publisher, String name) {
		return this.links.of(new ServiceName(publisher, name));
	}

	/**
	 * Delays everything by the same time.
	 * @param delay the time, zero for none
	 * @return this
	 */
	public LinkFaults delay(Duration delay) {
		return delay(delay, delay);
	}

	/**
	 * Delays everything by a time that is drawn anew each time. The order stays.
	 * @param min the shortest
	 * @param max the longest
	 * @return this
	 */
	public LinkFaults delay(Duration min, Duration max) {
		return change(this.faults.delayed(min, max));
	}

	/**
	 * Lets streams overtake each other. The order within a stream stays.
	 * @param within by how much at most, drawn anew each time; zero for none
	 * @return this
	 */
	public LinkFaults reorderStreams(Duration within) {
		return change(this.faults.reordered(within));
	}

	/**
	 * Lets the receiver of messages take its time, so that the sender runs out of credit.
	 * @param perMessage how long each message takes, zero for none
	 * @return this
	 */
	public LinkFaults readSlowly(Duration perMessage) {
		return change(this.faults.readSlowly(perMessage));
	}

	/**
	 * Lets nothing through, and no connection come about, until it is
	 * {@linkplain #release() released}.
	 * @return this
	 */
	public LinkFaults hold() {
		return change(this.faults.held(true));
	}

	/**
	 * Lets through what was held, in its order.
	 * @return this
	 */
	public LinkFaults release() {
		return change(this.faults.held(false));
	}

	/**
	 * Refuses new connections. Those that are open stay.
	 * @return this
	 */
	public LinkFaults refuseConnections() {
		return refuseConnections(Integer.MAX_VALUE);
	}

	/**
	 * Refuses some connections.
	 * @param times how many, zero for none
	 * @return this
	 */
	public LinkFaults refuseConnections(int times) {
		this.refusals.set(times);
		return this;
	}

	/**
	 * Loses the connections that are open, with all that is on its way. New ones come
	 * about as ever.
	 * @return this
	 */
	public LinkFaults loseConnections() {
		this.links.lose(this.service);
		return this;
	}

	/**
	 * Loses the connection that is to carry the next message of a type from a client,
	 * before the message arrives: no handler sees it, and its sender cannot know.
	 * @param messageType the concrete type of the message
	 * @return this
	 */
	public LinkFaults loseConnectionBefore(Class<?> messageType) {
		return lose(messageType, Losses.Moment.BEFORE_ARRIVAL);
	}

	/**
	 * Loses the connection that carries the next message of a type from a client, after
	 * the message has arrived and before its answer does: the handler runs, and the
	 * sender cannot know.
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
	 * Sets what all that is drawn begins with, for connections that are opened from now
	 * on: the same seed and the same messages give the same times.
	 * @param seed the seed, by default 0
	 * @return this
	 */
	public LinkFaults seed(long seed) {
		this.links.seed(seed);
		return this;
	}

	/**
	 * Ends all faults that are in force, of these connections or, if this speaks of all,
	 * of every service. What is on its way arrives at once.
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
