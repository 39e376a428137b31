package io.adaptive.topidchart.session;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SampleClock}.
 */
class SampleClockTests {

	private static final long NOW = 1_796_000_000_000L;

	private final SampleClock clock = new SampleClock(180_000, 0, 0);

	@Test
	void aRightClockIsBelieved() {
		assertThat(this.clock.shown(NOW - 500, NOW)).isEqualTo(NOW - 500);
		assertThat(this.clock.shown(NOW + 500, NOW + 600)).isEqualTo(NOW + 500);
		assertThat(this.clock.offset()).isZero();
	}

	@Test
	void samplesThatComeLateKeepTheirTimes() {
		assertThat(this.clock.shown(NOW - 120_000, NOW)).isEqualTo(NOW - 120_000);
		assertThat(this.clock.shown(NOW - 119_000, NOW)).isEqualTo(NOW - 119_000);
	}

	@Test
	void aClockThatIsYearsOffIsShownAtTheTimeOfTheService() {
		assertThat(this.clock.shown(5000, NOW)).isEqualTo(NOW);
		assertThat(this.clock.shown(6000, NOW + 1200)).isEqualTo(NOW + 1000);
		assertThat(this.clock.offset()).isEqualTo(NOW - 5000);
	}

	@Test
	void aClockAheadIsShownAtTheTimeOfTheService() {
		assertThat(this.clock.shown(NOW + 10_000_000, NOW)).isEqualTo(NOW);
		assertThat(this.clock.offset()).isEqualTo(-10_000_000);
	}

	@Test
	void aClockThatIsSetBackGoesOn() {
		assertThat(this.clock.shown(NOW, NOW)).isEqualTo(NOW);
		assertThat(this.clock.shown(NOW - 3_600_000, NOW + 1000)).isEqualTo(NOW + 1000);
		assertThat(this.clock.shown(NOW - 3_599_000, NOW + 2000)).isEqualTo(NOW + 2000);
		assertThat(this.clock.shown(NOW - 3_599_000, NOW + 2000)).isEqualTo(NOW + 2001);
	}

}
