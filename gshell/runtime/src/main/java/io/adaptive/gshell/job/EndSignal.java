package io.adaptive.gshell.job;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.adaptive.gshell.job.JobEnd.Cause;
import io.adaptive.gshell.weave.JobStopped;
import org.jspecify.annotations.Nullable;

/**
 * Request to end a job, told to its supervisor. The first request counts; of the later
 * ones only {@code halt} changes something: shutdown hooks are waited for no longer.
 */
final class EndSignal {

	/**
	 * A request to end.
	 *
	 * @param cause the reason
	 * @param status exit status
	 */
	record Request(Cause cause, int status) {

	}

	private static final Duration SHORTEST_WAIT = Duration.ofMillis(5);

	private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

	private final CountDownLatch requested = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	private @Nullable Request request;

	private boolean halted;

	synchronized void request(Cause cause, int status) {
		if (this.request == null) {
			this.request = new Request(cause, status & 0xFF);
			this.requested.countDown();
		}
	}

	synchronized void halt(int status) {
		request(Cause.EXITED, status);
		this.halted = true;
	}

	synchronized boolean isHalted() {
		return this.halted;
	}

	synchronized boolean isRequested() {
		return this.request != null;
	}

	/**
	 * Waits for a request, or until the job is over by itself. No thread tells when it
	 * ends: that is asked, less often the longer it takes.
	 * @param over whether the job is over; asked without a lock
	 * @param natural the request that stands for the job being over
	 */
	Request await(BooleanSupplier over, Supplier<Request> natural) {
		Pause pause = new Pause(SHORTEST_WAIT, LONGEST_WAIT);
		while (!isRequested() && !over.getAsBoolean()) {
			pauseUntilRequested(pause);
		}
		synchronized (this) {
			if (this.request == null) {
				this.request = natural.get();
			}
			return this.request;
		}
	}

	private void pauseUntilRequested(Pause pause) {
		try {
			this.requested.await(pause.next(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			// Meant for threads of jobs: the pause is over.
		}
	}

	/**
	 * Lets threads that have called {@code exit} go on, to their end.
	 */
	void release() {
		this.released.countDown();
	}

	/**
	 * Waits for the release, on a thread that has called {@code exit}; an interrupt is
	 * kept for later.
	 */
	JobStopped awaitRelease() {
		boolean interrupted = false;
		while (true) {
			try {
				this.released.await();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return JobStopped.INSTANCE;
	}

}
