package io.adaptive.internal.dispatch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The workers that found the mailbox empty, parked; who came last is called first, being
 * the warmest.
 * <p>
 * Waking is the expensive part of a hand-over, so it is rationed: while one worker is on
 * its way from its park to the mailbox, nobody wakes another. No message is forgotten by
 * that, if the users keep three rules. Who puts a message calls {@link #wakeOne()}
 * afterwards. A worker looks into the mailbox again after {@link #sit()} and before
 * {@link ParkedWorker#await}, and calls {@link #wakeOne()} if something is there. A
 * worker that was woken and leaves something behind calls {@link #wakeOne()} before it
 * handles what it took. Then a message that nobody was woken for is seen by the one who
 * was on its way, since that one gives way before it looks.
 */
final class IdleWorkers {

	private final AtomicReference<@Nullable ParkedWorker> top = new AtomicReference<>();

	private final AtomicBoolean waking = new AtomicBoolean();

	/**
	 * Makes the calling thread available to be called.
	 * @return where it has to wait
	 */
	ParkedWorker sit() {
		ParkedWorker parked = new ParkedWorker(Thread.currentThread());
		do {
			parked.below = this.top.get();
		}
		while (!this.top.compareAndSet(parked.below, parked));
		return parked;
	}

	/**
	 * Wakes a worker if one is parked and none is on its way.
	 */
	void wakeOne() {
		// Again after giving way, for those who saw a wake-up here that came to nothing.
		while (this.top.get() != null && !this.waking.get() && this.waking.compareAndSet(false, true)) {
			ParkedWorker parked = pop();
			if (parked != null) {
				parked.wake();
				return;
			}
			this.waking.set(false);
		}
	}

	/**
	 * Takes a worker out, for the caller to {@linkplain ParkedWorker#wake wake} or to
	 * {@linkplain ParkedWorker#end end}.
	 * @return where it waits, or {@code null} if none is parked
	 */
	@Nullable ParkedWorker pop() {
		// A parked worker is used once, so compare-and-set cannot take an old top for a
		// new one.
		ParkedWorker parked = this.top.get();
		while (parked != null && !this.top.compareAndSet(parked, parked.below)) {
			parked = this.top.get();
		}
		return parked;
	}

	/**
	 * Why a worker is called.
	 */
	private enum Call {

		WORK, END

	}

	/**
	 * Where one worker waits, once.
	 */
	final class ParkedWorker {

		private final Thread worker;

		private @Nullable ParkedWorker below;

		private volatile @Nullable Call call;

		private ParkedWorker(Thread worker) {
			this.worker = worker;
		}

		/**
		 * Sends the worker to the mailbox.
		 */
		void wake() {
			call(Call.WORK);
		}

		/**
		 * Sends the worker home.
		 */
		void end() {
			call(Call.END);
		}

		private void call(Call call) {
			this.call = call;
			LockSupport.unpark(this.worker);
		}

		/**
		 * Waits to be called. An interrupt is forgotten: it wakes the worker to look at
		 * {@code closed} and means nothing else here.
		 * @param closed whether waiting is over for all
		 * @return whether the worker is sent home; otherwise it looks for work
		 */
		boolean await(BooleanSupplier closed) {
			while (this.call == null) {
				if (closed.getAsBoolean()) {
					return false;
				}
				LockSupport.park(IdleWorkers.this);
				Thread.interrupted();
			}
			if (this.call == Call.END) {
				return true;
			}
			IdleWorkers.this.waking.set(false);
			return false;
		}

	}

}
