package io.adaptive.internal.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.fixture.ParallelThreads;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallWindowTests {

	private final CallWindow window = new CallWindow();

	@Test
	void callsAreTakenInAnyOrderUntilItCloses() {
		assertThat(this.window.accept(3)).isTrue();
		assertThat(this.window.accept(1)).isTrue();
		assertThat(this.window.accept(Long.MAX_VALUE)).isTrue();
		assertThat(this.window.accept(2)).isTrue();
	}

	@Test
	void closingTellsTheHighestCallTaken() {
		assertThat(this.window.accept(7)).isTrue();
		assertThat(this.window.accept(5)).isTrue();
		assertThat(this.window.close()).isEqualTo(7);
		assertThat(this.window.close()).as("again").isEqualTo(7);
	}

	@Test
	void afterClosingOnlyCallsUpToTheOneToldAreTaken() {
		assertThat(this.window.accept(7)).isTrue();
		assertThat(this.window.close()).isEqualTo(7);
		assertThat(this.window.accept(8)).isFalse();
		assertThat(this.window.accept(6)).as("sent before, overtaken on its way").isTrue();
		assertThat(this.window.accept(Long.MAX_VALUE)).isFalse();
	}

	@Test
	void aWindowThatSawNoCallClosesAtZero() {
		assertThat(this.window.close()).isZero();
		assertThat(this.window.accept(1)).isFalse();
	}

	@RepeatedTest(200)
	void whoeverIsFasterACallIsTakenExactlyIfItIsCoveredByWhatIsTold() throws Exception {
		AtomicLong lastId = new AtomicLong();
		AtomicLong told = new AtomicLong(-1);
		Set<Long> taken = ConcurrentHashMap.newKeySet();
		Set<Long> refused = ConcurrentHashMap.newKeySet();
		ParallelThreads.run(3, (number) -> {
			if (number == 0) {
				while (lastId.get() < 200) {
					Thread.onSpinWait();
				}
				told.set(this.window.close());
				return;
			}
			for (int i = 0; i < 1000; i++) {
				long id = lastId.incrementAndGet();
				(this.window.accept(id) ? taken : refused).add(id);
			}
		});
		assertThat(taken).isNotEmpty().allMatch((id) -> id <= told.get());
		assertThat(refused).allMatch((id) -> id > told.get());
		assertThat(taken).as("the call told was taken").contains(told.get());
	}

}
