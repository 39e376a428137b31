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
 * Detects a silent peer: pings it after the {@code pingAfter} of the settings without
 * bytes from it, and gives it up after {@code deadAfter}. Time in which this process did
 * not run, for example while it was suspended, does not count as silence of the peer.
 * Confined to one event loop.
 */
final class Heartbeat {

	private final EventExecutor eventLoop;

	private final long pingNanos;

	private final long deadNanos;

	private final LongConsumer ask;

	private final Consumer<Duration> giveUp;

	private long lastHeard;

	private long asked;

	/** Time of the next check. */
	private long due;

	private @Nullable ScheduledFuture<?> next;

	/**
	 * Starts the heartbeat.
	 * @param ask sends a ping with the given number
	 * @param giveUp called once with the duration of the silence
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
	 * Records that bytes have arrived.
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
