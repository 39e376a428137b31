package io.adaptive.internal.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import io.adaptive.internal.stream.PropagatedContext;

/**
 * Lock of the thread that searches for a connection, so that the others wait for its
 * result instead of searching, too. A wait also ends when the message handled by the
 * waiting thread is cancelled.
 */
final class SearchLock {

	private static final long LOOK_MILLIS = 100;

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * Acquires the lock until a deadline.
	 * @return whether it was acquired in time
	 * @throws io.adaptive.message.AdaptiveException with code {@code CANCELLED} if the
	 * message that this thread handles is cancelled
	 */
	boolean lock(CallDeadline deadline) throws InterruptedException {
		if (PropagatedContext.isCancellable()) {
			return lockUnlessCancelled(deadline);
		}
		if (!deadline.limited()) {
			this.lock.lockInterruptibly();
			return true;
		}
		return this.lock.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Polls for the cancellation of the handler's message while it waits for the lock.
	 */
	private boolean lockUnlessCancelled(CallDeadline deadline) throws InterruptedException {
		PropagatedContext.checkCancelled();
		while (!this.lock.tryLock(lookNanos(deadline), TimeUnit.NANOSECONDS)) {
			PropagatedContext.checkCancelled();
			if (deadline.isOver()) {
				return false;
			}
		}
		return true;
	}

	private static long lookNanos(CallDeadline deadline) {
		long look = TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
		return deadline.limited() ? Math.min(look, deadline.left().toNanos()) : look;
	}

	/**
	 * Acquires the lock as long as a condition holds, which is checked now and then.
	 * @return whether it was acquired
	 */
	boolean lockWhile(BooleanSupplier condition) throws InterruptedException {
		while (!this.lock.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
			PropagatedContext.checkCancelled();
			if (!condition.getAsBoolean()) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Acquires the lock, without limit.
	 */
	void lock() {
		this.lock.lock();
	}

	void unlock() {
		this.lock.unlock();
	}

}
