package io.adaptive.internal.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.fixture.ParallelThreads;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InFlightTests {

	private static final long LONG = TimeUnit.SECONDS.toNanos(20);

	private final InFlight inFlight = new InFlight();

	@Test
	void nothingInFlightIsNotWaitedFor() throws Exception {
		assertThat(this.inFlight.await(LONG)).isZero();
		this.inFlight.enter();
		this.inFlight.leave();
		assertThat(this.inFlight.await(LONG)).isZero();
	}

	@Test
	void whatIsLeftWhenTheTimeIsUpIsTold() throws Exception {
		this.inFlight.enter();
		this.inFlight.enter();
		assertThat(this.inFlight.await(0)).isEqualTo(2);
		assertThat(this.inFlight.await(TimeUnit.MILLISECONDS.toNanos(20))).isEqualTo(2);
		this.inFlight.leave();
		assertThat(this.inFlight.await(0)).isEqualTo(1);
	}

	@Test
	void whoWaitsIsWokenByTheLast() throws Exception {
		this.inFlight.enter();
		this.inFlight.enter();
		Thread waiter = new Thread(() -> {
			try {
				assertThat(this.inFlight.await(LONG)).isZero();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		waiter.start();
		Awaitility.await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
		this.inFlight.leave();
		assertThat(this.inFlight.await(0)).isEqualTo(1);
		assertThat(waiter.isAlive()).isTrue();
		this.inFlight.leave();
		waiter.join(TimeUnit.NANOSECONDS.toMillis(LONG) / 2);
		assertThat(waiter.isAlive()).isFalse();
	}

	@RepeatedTest(50)
	void manyThreadsAreCountedExactly() throws Exception {
		AtomicInteger finished = new AtomicInteger();
		this.inFlight.enter();
		ParallelThreads.run(5, (number) -> {
			if (number == 0) {
				assertThat(this.inFlight.await(LONG)).isZero();
				assertThat(finished).hasValue(4);
				return;
			}
			for (int i = 0; i < 500; i++) {
				this.inFlight.enter();
				this.inFlight.leave();
			}
			if (finished.incrementAndGet() == 4) {
				this.inFlight.leave();
			}
		});
		assertThat(this.inFlight.await(0)).isZero();
	}

}
