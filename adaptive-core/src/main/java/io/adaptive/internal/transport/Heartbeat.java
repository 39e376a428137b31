package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import io.adaptive.settings.LinkSettings;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Watches that the peer is heard from. Asks a silent one for a sign of life, and gives it
 * up when it stays silent. Time in which this program did not run, as while it was
 * paused, is no silence of the peer. On one event loop.
 */
final class Heartbeat {

	private final EventExecutor eventLoop;

	private final long pingNanos;

	private final long deadNanos;

	private final LongConsumer ask;

	private final Consumer<Duration> giveUp;

	private long lastHeard;

	private long asked;

	/** When the next check is to be. */
	private long due;

	private @Nullable ScheduledFuture<?> next;

	/**
	 * Begins to watch.
	 * @param ask asks the peer, is handed the number of the question
	 * @param giveUp is called once with how long the peer was silent
	 */
	Heartbeat(EventExecutor eventLoop, LinkSettings settings, LongConsumer ask, Consumer<Duration> giveUp) {
		this.eventLoop = eventLoop;
		this.pingNanos = settings.pingAfter().toNanos();
		this.deadNanos = settings.deadAfter().toNanos();
		this.ask = ask;
		this.giveUp = giveUp;
		heard();
		checkIn(this.pingNanos);
	}

	/**
	 * Something arrived.
	 */
	void heard() {
		this.lastHeard = this.eventLoop.ticker().nanoTime();
	}

	private void checkIn(long nanos) {
		this.due = this.eventLoop.ticker().nanoTime() + nanos;
		this.next = this.eventLoop.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
	}

	private void check() {
		long now = this.eventLoop.ticker().nanoTime();
		if (this.lastHeard - this.due < 0) {
			this.lastHeard += Math.max(0, now - this.due);
		}
		long silent = now - this.lastHeard;
		if (silent >= this.deadNanos) {
			this.giveUp.accept(Duration.ofNanos(silent));
			return;
		}
		if (silent >= this.pingNanos) {
			this.ask.accept(++this.asked);
			checkIn(Math.min(this.pingNanos, this.deadNanos - silent));
		}
		else {
			checkIn(this.pingNanos - silent);
		}
	}

	void stop() {
		if (this.next != null) {
			this.next.cancel(false);
		}
	}

}
