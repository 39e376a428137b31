package io.adaptive.internal.dispatch;

import java.util.concurrent.locks.LockSupport;

import io.adaptive.internal.message.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Rests on behalf of an actor, and does not wait for ever for a wake-up that was lost:
 * JCStress has no limit for all that it does. One actor of a JVM rests at a time.
 */
final class RestingActor {

	private static final long GLANCE_NANOS = 100_000_000;

	private static final int GLANCES = 50;

	private static volatile @Nullable Rest current;

	static {
		Thread watch = new Thread(RestingActor::watch, "watch of the resting actor");
		watch.setDaemon(true);
		watch.start();
	}

	private RestingActor() {
	}

	/**
	 * Rests until called.
	 * @return whether somebody called
	 */
	static boolean rest(WorkerScaler scaler) {
		current = new Rest(scaler, Thread.currentThread());
		try {
			scaler.rest();
		}
		finally {
			current = null;
		}
		return !scaler.isTerminated();
	}

	private static void watch() {
		Rest seen = null;
		int glances = 0;
		int limit = GLANCES;
		while (true) {
			LockSupport.parkNanos(GLANCE_NANOS);
			Rest now = current;
			glances = (now == seen) ? glances + 1 : 0;
			seen = now;
			if (now != null && glances >= limit) {
				now.scaler.terminate(Deadline.NEVER);
				now.actor.interrupt();
				// Once is enough to know.
				limit = 1;
			}
		}
	}

	private record Rest(WorkerScaler scaler, Thread actor) {
	}

}
