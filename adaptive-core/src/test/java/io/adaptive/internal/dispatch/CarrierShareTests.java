package io.adaptive.internal.dispatch;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CarrierShare}.
 */
class CarrierShareTests {

	private final AtomicLong now = new AtomicLong(-5);

	private final CarrierShare share = new CarrierShare(this.now::get);

	@Test
	void aShareIsOverAfterItsTimeHoweverManyMessagesWereHandled() {
		for (int i = 0; i < 100_000; i++) {
			assertThat(this.share.isOver()).isFalse();
		}
		this.now.addAndGet(CarrierShare.NANOS - 1);
		assertThat(this.share.isOver()).isFalse();
		this.now.incrementAndGet();
		assertThat(this.share.isOver()).isTrue();
	}

	@Test
	void whoHasWaitedHasANewShare() {
		this.now.addAndGet(CarrierShare.NANOS);
		this.share.begin();
		assertThat(this.share.isOver()).isFalse();
		this.now.addAndGet(CarrierShare.NANOS);
		this.share.giveWay();
		assertThat(this.share.isOver()).isFalse();
	}

}
