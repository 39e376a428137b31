package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

/**
 * The channels and delayed tasks of one node on event loops, which it may share with
 * other nodes. Thread-safe.
 */
final class OpenChannels {

	private static final KeyValueLogger logger = KeyValueLogger.of(OpenChannels.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final Set<Channel> channels = new HashSet<>();

	private final Set<Delayed> delayed = new HashSet<>();

	private boolean closed;

	/**
	 * Adds a channel, which is removed when it is closed. After {@link #close}, it is
	 * closed at once.
	 */
	void add(Channel channel) {
		boolean late;
		synchronized (this) {
			late = this.closed;
			if (!late) {
				this.channels.add(channel);
			}
		}
		if (late) {
			channel.close();
		}
		else {
			channel.closeFuture().addListener((ended) -> remove(channel));
		}
	}

	private synchronized void remove(Channel channel) {
		this.channels.remove(channel);
		notifyAll();
	}

	/**
	 * Schedules work on an event loop; it is dropped if this is closed before.
	 */
	synchronized void later(EventLoop loop, Duration delay, Runnable work) {
		if (!this.closed) {
			Delayed added = new Delayed(work);
			this.delayed.add(added);
			added.due = loop.schedule(added, delay.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	private synchronized boolean take(Delayed work) {
		return this.delayed.remove(work);
	}

	/**
	 * Closes all channels, and drops delayed work.
	 * @param deadline the end of the waiting for the channels, which takes seconds at
	 * most
	 */
	void close(Deadline deadline) {
		List<Channel> open;
		synchronized (this) {
			this.closed = true;
			open = List.copyOf(this.channels);
			this.delayed.forEach(Delayed::cancel);
			this.delayed.clear();
		}
		open.forEach(Channel::close);
		if (!awaitEmpty(Deadline.in(TIMEOUT).soonerOf(deadline))) {
			logger.warn("event loop is busy, closed later what=connections");
		}
	}

	private synchronized boolean awaitEmpty(Deadline deadline) {
		try {
			while (!this.channels.isEmpty() && deadline.leftNanos() > 0) {
				wait(TimeUnit.NANOSECONDS.toMillis(deadline.leftNanos()) + 1);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return this.channels.isEmpty();
	}

	/**
	 * Delayed work.
	 */
	private final class Delayed implements Runnable {

		private final Runnable work;

		/** Set when it is scheduled. Guarded by the set. */
		@SuppressWarnings("NullAway.Init")
		private Future<?> due;

		private Delayed(Runnable work) {
			this.work = work;
		}

		private void cancel() {
			this.due.cancel(false);
		}

		@Override
		public void run() {
			if (take(this)) {
				this.work.run();
			}
		}

	}

}
