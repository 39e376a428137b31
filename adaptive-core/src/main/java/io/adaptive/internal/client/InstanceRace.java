package io.adaptive.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceInstance;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.stream.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * Dials instances in a staggered race: the next one starts when the one before was
 * refused, or has not answered for 250 ms. The first that answers gets the connection.
 * Confined to one thread, which waits.
 */
final class InstanceRace {

	static final Duration NEXT_AFTER = Duration.ofMillis(250);

	private final Connector connector;

	private final DiscoveryClock clock;

	private final Iterator<ServiceInstance> candidates;

	private final @Nullable Duration timeLeft;

	private final long start;

	private final AtomicBoolean won = new AtomicBoolean();

	private final Semaphore changed = new Semaphore(0);

	private final List<Running> running = new ArrayList<>();

	private long nextAt;

	private boolean exhausted;

	/**
	 * Creates a race that has not begun.
	 * @param candidates the instances, the best first
	 * @param timeLeft the time limit for all together, {@code null} for no limit
	 */
	InstanceRace(Connector connector, DiscoveryClock clock, Iterator<ServiceInstance> candidates,
			@Nullable Duration timeLeft) {
		this.connector = connector;
		this.clock = clock;
		this.candidates = candidates;
		this.timeLeft = timeLeft;
		this.start = clock.nanoTime();
		this.nextAt = this.start;
	}

	/**
	 * Connects to one of the instances.
	 * @return the connection, empty if none answered
	 * @throws ConnectionRefusedException if an instance refuses with another code than
	 * {@code DEADLINE_EXCEEDED}, {@code NOT_FOUND} or {@code UNAVAILABLE}
	 * @throws AdaptiveException with {@link ErrorCode#CANCELLED} if the message that this
	 * thread handles is cancelled
	 */
	Optional<MultiplexedConnection> run() {
		CallContext.Binding bound = PropagatedContext.onCancel(this.changed::release);
		try {
			while (true) {
				Optional<MultiplexedConnection> connection = takeConnection();
				if (connection.isPresent()) {
					return connection;
				}
				giveUp();
				if (!isOver()) {
					beginNext();
				}
				if (this.running.isEmpty()) {
					return Optional.empty();
				}
				await();
				PropagatedContext.checkCancelled();
			}
		}
		finally {
			bound.close();
			this.running.forEach(this::abandon);
		}
	}

	private Optional<MultiplexedConnection> takeConnection() {
		for (Running each : List.copyOf(this.running)) {
			if (each.attempt.isDone()) {
				this.running.remove(each);
				try {
					return Optional.of(this.connector.opened(each.instance, each.attempt.connection()));
				}
				catch (ConnectionRefusedException ex) {
					if (!each.attempt.isOutrun()) {
						this.connector.passOver(each.instance, ex);
					}
					this.nextAt = this.clock.nanoTime();
				}
			}
		}
		return Optional.empty();
	}

	/**
	 * Gives up instances that were silent for too long, and all when the time is up.
	 */
	private void giveUp() {
		for (Running each : List.copyOf(this.running)) {
			Duration silent = Duration.ofNanos(this.clock.nanoTime() - each.since);
			if (isOver() || silent.compareTo(Connector.TIMEOUT) >= 0) {
				this.running.remove(each);
				each.attempt.abandon();
				this.connector.passOver(each.instance, DialWait.noAnswer(each.instance.toString(), silent));
			}
		}
	}

	private boolean isOver() {
		return this.timeLeft != null && this.clock.nanoTime() - this.start >= this.timeLeft.toNanos();
	}

	/**
	 * Dials the next candidate when it is due. An immediate refusal makes the one after
	 * it due at once.
	 */
	private void beginNext() {
		boolean due = this.running.isEmpty() || this.clock.nanoTime() - this.nextAt >= 0;
		if (!due || this.exhausted) {
			return;
		}
		if (!this.candidates.hasNext()) {
			this.exhausted = true;
			return;
		}
		ServiceInstance instance = this.candidates.next();
		// After the candidates were ordered, which may have probed each of them.
		long now = this.clock.nanoTime();
		DialAttempt attempt = this.connector.begin(instance, this.won);
		this.running.add(new Running(instance, attempt, now));
		this.nextAt = now + NEXT_AFTER.toNanos();
		attempt.whenDone(this.changed::release);
	}

	private void await() {
		long now = this.clock.nanoTime();
		long nanos = this.running.stream()
			.mapToLong((each) -> each.since + Connector.TIMEOUT.toNanos() - now)
			.min()
			.orElse(0);
		if (!this.exhausted) {
			nanos = Math.min(nanos, this.nextAt - now);
		}
		if (this.timeLeft != null) {
			nanos = Math.min(nanos, this.timeLeft.toNanos() - (now - this.start));
		}
		try {
			boolean unused = this.clock.await(this.changed, Math.max(0, nanos));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
					"Interrupted while connecting to " + this.running.get(0).instance, ex);
		}
	}

	/**
	 * Abandons an attempt after another one has won. An instance whose answer was overdue
	 * is noted as silent, so that it is not the first the next time.
	 */
	private void abandon(Running loser) {
		loser.attempt.abandon();
		if (this.won.get() && this.clock.nanoTime() - loser.since >= NEXT_AFTER.toNanos()) {
			this.connector.silent(loser.instance);
		}
	}

	private record Running(ServiceInstance instance, DialAttempt attempt, long since) {
	}

}
