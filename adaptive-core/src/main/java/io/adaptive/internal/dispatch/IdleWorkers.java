package io.adaptive.internal.dispatch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The stack of parked workers, which found the mailbox empty. The worker parked last is
 * woken first, since its caches are warmest.
 * <p>
 * Waking is the expensive part of a hand-over, so it is rationed: while one worker is on
 * its way from its park to the mailbox, no other is woken. No message is lost if three
 * rules are kept. A thread that puts a message calls {@link #wakeOne()} afterwards. A
 * worker looks into the mailbox again after {@link #sit()} and before
 * {@link ParkedWorker#await}, and calls {@link #wakeOne()} if it finds a message. A woken
 * worker that leaves messages behind calls {@link #wakeOne()} before it handles the
 * message it took. A message put without a wake-up is then seen by the worker on its way,
 * since that worker clears the flag {@code waking} before it looks.
 */
final class IdleWorkers {

	private final AtomicReference<@Nullable ParkedWorker> top = new AtomicReference<>();

	private final AtomicBoolean waking = new AtomicBoolean();

	/**
	 * Pushes the calling thread on the stack.
	 * @return its place to park
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
		// Repeated after the flag is cleared, for other threads that saw it set although
		// no worker was woken.
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
	 * Removes a worker from the stack, for the caller to {@linkplain ParkedWorker#wake
	 * wake} or to {@linkplain ParkedWorker#end end}.
	 * @return the parked worker, or {@code null} if none is parked
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
	 * The reason for which a worker is woken.
	 */
	private enum Call {

		WORK, END

	}

	/**
	 * One parking of one worker.
	 */
	final class ParkedWorker {

		private final Thread worker;

		private @Nullable ParkedWorker below;

		private volatile @Nullable Call call;

		private ParkedWorker(Thread worker) {
			this.worker = worker;
		}

		/**
		 * Wakes the worker to look for work.
		 */
		void wake() {
			call(Call.WORK);
		}

		/**
		 * Wakes the worker to terminate.
		 */
		void end() {
			call(Call.END);
		}

		private void call(Call call) {
			this.call = call;
			LockSupport.unpark(this.worker);
		}

		/**
		 * Parks until woken. An interrupt is cleared: it only makes the worker look at
		 * {@code closed}.
		 * @param closed whether the pool is closed
		 * @return whether the worker terminates; otherwise it looks for work
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
