package io.adaptive.internal.builtin.root;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.adaptive.message.ServiceName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RegistrationRefusal}, on a clock of the test.
 */
class RegistrationRefusalTests {

	private static final DesiredRegistration DESIRED = desired("one");

	private static final DesiredRegistration ANOTHER = desired("two");

	private long now;

	private final RegistrationRefusal refusal = new RegistrationRefusal(() -> this.now, new Random(1));

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

	private static DesiredRegistration desired(String service) {
		return new DesiredRegistration(Set.of(new ServiceName("test", service)), 7200, AdvertisedHosts.NONE, List.of());
	}

	@Test
	void aRefusalOfHalfASecondDoesNotStand() {
		this.refusal.refused(DESIRED);
		assertThat(this.refusal.stands("full")).isFalse();
		assertThat(this.refusal.reason()).isEqualTo("full");
		pass(Duration.ofMillis(500));
		assertThat(this.refusal.stands("full")).isFalse();
		this.refusal.accepted();
		assertThat(this.refusal.reason()).isNull();
		pass(Duration.ofMillis(500));
		assertThat(this.refusal.stands("full")).isFalse();
	}

	@Test
	void aRefusalThatLastsStandsOncePerReason() {
		assertThat(this.refusal.stands("full")).isFalse();
		pass(RegistrationRefusal.LASTING);
		assertThat(this.refusal.stands("full")).isTrue();
		assertThat(this.refusal.stands("full")).isFalse();
		assertThat(this.refusal.stands("not allowed")).isFalse();
		assertThat(this.refusal.reason()).isEqualTo("not allowed");
		pass(RegistrationRefusal.LASTING);
		assertThat(this.refusal.stands("not allowed")).isTrue();
	}

	@Test
	void whatWasRefusedIsAskedForLaterAndAnythingElseAtOnce() {
		assertThat(this.refusal.nanosToRetry(DESIRED)).isZero();
		this.refusal.refused(DESIRED);
		long first = this.refusal.nanosToRetry(DESIRED);
		assertThat(first).isBetween(Duration.ofMillis(500).toNanos(), Duration.ofSeconds(1).toNanos());
		assertThat(this.refusal.nanosToRetry(ANOTHER)).isZero();
		pass(Duration.ofNanos(first));
		assertThat(this.refusal.nanosToRetry(DESIRED)).isZero();
		for (int times = 0; times < 10; times++) {
			this.refusal.refused(DESIRED);
		}
		assertThat(this.refusal.nanosToRetry(DESIRED)).isBetween(Duration.ofSeconds(15).toNanos(),
				Duration.ofSeconds(30).toNanos());
		this.refusal.relaysChanged();
		assertThat(this.refusal.nanosToRetry(DESIRED)).isZero();
	}

	@Test
	void aProxyThatTheRegistryDoesNotKnowYetIsWaitedForUntilItWouldBeBack() {
		assertThat(this.refusal.isNotYet(DESIRED)).isTrue();
		assertThat(this.refusal.nanosToRetry(DESIRED)).isEqualTo(Duration.ofMillis(250).toNanos());
		pass(RegistrationRefusal.NOT_YET.minusMillis(1));
		assertThat(this.refusal.isNotYet(DESIRED)).isTrue();
		pass(Duration.ofMillis(1));
		assertThat(this.refusal.isNotYet(DESIRED)).isFalse();
		this.refusal.accepted();
		assertThat(this.refusal.isNotYet(DESIRED)).isTrue();
		assertThat(this.refusal.reason()).isNull();
	}

}
