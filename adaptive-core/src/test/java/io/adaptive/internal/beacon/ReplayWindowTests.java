package io.adaptive.internal.beacon;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayWindowTests {

	private final ReplayWindow window = new ReplayWindow();

	@Test
	void eachCounterIsTakenOnce() {
		assertThat(this.window.take(1)).isTrue();
		assertThat(this.window.take(1)).isFalse();
		assertThat(this.window.take(2)).isTrue();
		assertThat(this.window.take(1)).isFalse();
	}

	@Test
	void whatWasOvertakenIsStillNew() {
		assertThat(this.window.take(1_000)).isTrue();
		assertThat(this.window.take(999)).isTrue();
		assertThat(this.window.take(1)).isTrue();
		assertThat(this.window.take(999)).isFalse();
	}

	@Test
	void whatWasOvertakenByTooManyIsNot() {
		assertThat(this.window.take(ReplayWindow.SIZE + 1)).isTrue();
		assertThat(this.window.take(1)).isFalse();
		assertThat(this.window.take(2)).isTrue();
	}

	@Test
	void theHighestCounterOfAllIsTakenToo() {
		assertThat(this.window.take(1)).isTrue();
		assertThat(this.window.take(Long.MAX_VALUE)).isTrue();
		assertThat(this.window.take(Long.MAX_VALUE)).isFalse();
		assertThat(this.window.take(Long.MAX_VALUE - 1)).isTrue();
		assertThat(this.window.take(2)).isFalse();
	}

	@Test
	void nothingBelowTheFloorIsTaken() {
		assertThat(this.window.take(10)).isTrue();
		this.window.forgetBelow(10);
		assertThat(this.window.take(9)).isFalse();
		assertThat(this.window.take(11)).isTrue();
	}

	@Test
	void inAnyOrderNothingIsTakenTwiceAndNothingNearIsMissed() {
		Random random = new Random(3);
		Set<Long> taken = new HashSet<>();
		long highest = 0;
		for (int i = 0; i < 200_000; i++) {
			long counter = Math.max(1, highest - random.nextInt(2_000) + 900);
			highest = Math.max(highest, counter);
			boolean near = counter > highest - ReplayWindow.SIZE;
			assertThat(this.window.take(counter)).isEqualTo(near && !taken.contains(counter));
			taken.add(counter);
		}
	}

}
