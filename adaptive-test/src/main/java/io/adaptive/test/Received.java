package io.adaptive.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages received by a stub. Thread-safe.
 */
final class Received {

	private static final long PATIENCE_SECONDS = 10;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition added = this.lock.newCondition();

	private final List<Object> messages = new ArrayList<>();

	void add(Object message) {
		this.lock.lock();
		try {
			this.messages.add(message);
			this.added.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	List<Object> all() {
		return of(Object.class);
	}

	<M> List<M> of(Class<M> type) {
		this.lock.lock();
		try {
			return this.messages.stream().filter(type::isInstance).<M>map(type::cast).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	<M> List<M> await(ServiceStub stub, Class<M> type, int count) {
		this.lock.lock();
		try {
			long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
			while (of(type).size() < count) {
				if (left <= 0) {
					throw new AssertionError("The %s has %s of %s messages %s after %s s; all it has: %s".formatted(
							stub, of(type).size(), count, type.getSimpleName(), PATIENCE_SECONDS, this.messages));
				}
				left = this.added.awaitNanos(left);
			}
			return of(type);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for messages of the " + stub, ex);
		}
		finally {
			this.lock.unlock();
		}
	}

}
