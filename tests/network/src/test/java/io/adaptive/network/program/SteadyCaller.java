package io.adaptive.network.program;

import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.adaptive.network.lab.Event;
import io.adaptive.stream.Connection;

/**
 * Calls at a rate that does not depend on the answers.
 */
final class SteadyCaller {

	private static final int MOST_WAITING = 16_000;

	private final Connection connection;

	private final CallCount count;

	private final Semaphore room = new Semaphore(MOST_WAITING);

	private volatile long pause;

	private SteadyCaller(Connection connection, CallCount count) {
		this.connection = connection;
		this.count = count;
	}

	/**
	 * Starts calling.
	 * @param connection where
	 * @param rate how many calls in a second, 0 for none at first
	 * @param count gets what becomes of them
	 * @return the caller
	 */
	static SteadyCaller start(Connection connection, int rate, CallCount count) {
		SteadyCaller caller = new SteadyCaller(connection, count);
		caller.rate(rate);
		Thread thread = new Thread(caller::run, "caller");
		thread.setDaemon(true);
		thread.start();
		return caller;
	}

	void rate(int rate) {
		this.pause = (rate == 0) ? 0 : TimeUnit.SECONDS.toNanos(1) / rate;
		Event.print("calling", "rate", rate);
	}

	private void run() {
		long next = System.nanoTime();
		for (long number = 0;; number++) {
			while (this.pause == 0) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
				next = System.nanoTime();
			}
			for (long early = next - System.nanoTime(); early > 0; early = next - System.nanoTime()) {
				LockSupport.parkNanos(early);
			}
			next += this.pause;
			call(new Ping(number));
		}
	}

	private void call(Ping ping) {
		// Who is out of room stops the clock: the test that sees the rate missed is
		// wrong, not the count.
		this.room.acquireUninterruptibly();
		CallCount.Call call = this.count.begin();
		this.connection.async().sendRecv(ping, Pong.class).whenComplete((pong, error) -> {
			this.room.release();
			if (error == null) {
				call.answered(pong);
			}
			else {
				call.failed((error instanceof CompletionException) ? error.getCause() : error);
			}
		});
	}

}
