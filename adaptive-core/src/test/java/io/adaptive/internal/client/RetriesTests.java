package io.adaptive.internal.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.annotation.Idempotent;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.CallSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetriesTests {

	private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

	private final RetryBudget budget = new RetryBudget(this.nanos::get);

	private static AdaptiveException error(ErrorCode code, Delivery delivery) {
		return new AdaptiveException(code, delivery, "", null);
	}

	private static AdaptiveException unavailable(Delivery delivery) {
		return error(ErrorCode.UNAVAILABLE, delivery);
	}

	private int spendAll() {
		int spent = 0;
		while (this.budget.spend()) {
			spent++;
		}
		return spent;
	}

	@Test
	void aBudgetBeginsFull() {
		assertThat(spendAll()).isEqualTo(100);
	}

	@Test
	void fiveCallsEarnARetry() {
		spendAll();
		for (int i = 0; i < 50; i++) {
			this.budget.earn();
		}
		assertThat(spendAll()).isEqualTo(10);
	}

	@Test
	void aSecondEarnsTenRetriesAndNoTimeMoreThanAHundred() {
		spendAll();
		this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
		assertThat(spendAll()).isEqualTo(10);
		this.nanos.addAndGet(TimeUnit.DAYS.toNanos(1));
		assertThat(spendAll()).isEqualTo(100);
	}

	@Test
	void whatWasNotSentIsSentAgainFourTimes() {
		spendAll();
		Retries retries = new Retries(new Once(), CallSettings.DEFAULT, this.budget);
		for (int i = 0; i < 4; i++) {
			assertThat(retries.allow(unavailable(Delivery.NOT_SENT))).isTrue();
		}
		assertThat(retries.allow(unavailable(Delivery.NOT_SENT))).isFalse();
	}

	@Test
	void whatWasNotProcessedIsSentAgainOnceForNothing() {
		spendAll();
		Retries retries = new Retries(new Once(), CallSettings.DEFAULT, this.budget);
		assertThat(retries.allow(unavailable(Delivery.NOT_PROCESSED))).isTrue();
		assertThat(retries.allow(unavailable(Delivery.NOT_PROCESSED))).isFalse();
	}

	@Test
	void whatMayHaveBeenProcessedIsSentAgainIfItDoesNoHarmAndThereIsBudget() {
		assertThat(new Retries(new Once(), CallSettings.DEFAULT, this.budget).allow(unavailable(Delivery.UNKNOWN)))
			.isFalse();
		assertThat(new Retries(new Often(), CallSettings.DEFAULT, this.budget).allow(unavailable(Delivery.UNKNOWN)))
			.isTrue();
		assertThat(spendAll()).isEqualTo(99);
		assertThat(new Retries(new Often(), CallSettings.DEFAULT, this.budget).allow(unavailable(Delivery.UNKNOWN)))
			.isFalse();
	}

	@Test
	void aCallThatMayHaveBeenProcessedOnceIsNotSaidNotToHaveBeenSent() {
		Retries retries = new Retries(new Often(), CallSettings.DEFAULT, this.budget);
		AdaptiveException unknown = unavailable(Delivery.UNKNOWN);
		retries.allow(unavailable(Delivery.NOT_SENT));
		retries.allow(unknown);
		retries.allow(unavailable(Delivery.NOT_SENT));
		assertThat(retries.toTell()).isSameAs(unknown);
	}

	@Test
	void ofErrorsThatDidNothingTheLastIsTold() {
		Retries retries = new Retries(new Often(), CallSettings.DEFAULT, this.budget);
		AdaptiveException last = unavailable(Delivery.NOT_SENT);
		retries.allow(unavailable(Delivery.NOT_PROCESSED));
		retries.allow(last);
		assertThat(retries.toTell()).isSameAs(last);
	}

	@Test
	void anErrorThatAnotherInstanceWouldHaveTooIsNotRetried() {
		for (ErrorCode code : ErrorCode.values()) {
			boolean retried = new Retries(new Often(), CallSettings.DEFAULT, this.budget)
				.allow(error(code, Delivery.NOT_SENT));
			assertThat(retried).as(code.name()).isEqualTo(code == ErrorCode.UNAVAILABLE);
		}
	}

	record Once() {
	}

	@Idempotent
	record Often() {
	}

}
