package io.adaptive.internal.stream;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AvailabilityTests {

	private static final ErrorInfo DRAINING = new ErrorInfo(ErrorCode.UNAVAILABLE, "draining");

	private final RecordingLink link = new RecordingLink();

	private final Availability availability = new Availability(this.link);

	@Test
	void aNewConnectionTakesCalls() {
		assertThat(this.availability.isOpen()).isTrue();
		assertThat(this.availability.isLeaving()).isFalse();
		assertThat(this.availability.hasEnded()).isFalse();
		assertThatCode(this.availability::check).doesNotThrowAnyException();
		assertThat(this.availability.dropped(1)).isNull();
	}

	@Test
	void thePeerIsToldWhyThisSideCloses() {
		this.availability.close(DRAINING);
		assertThat(this.link.sent).containsExactly(new Envelope.GoAway(Long.MAX_VALUE, DRAINING));
		assertThat(this.link.closeCause).isEqualTo(DRAINING);
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(this.availability::check)
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(DRAINING));
	}

	@Test
	void thePeerIsNotToldThatAUserCloses() {
		this.availability.close();
		assertThat(this.link.sent).isEmpty();
		assertThat(this.availability.isOpen()).isFalse();
	}

	@Test
	void whoHasToldThatItLeavesDoesNotTellItAgain() {
		IncomingCalls calls = new IncomingCalls();
		assertThat(calls.accept(7)).isTrue();
		this.availability.leave(DRAINING, calls);
		assertThat(this.availability.isOpen()).as("calls that were taken go on").isTrue();
		assertThat(this.availability.isLeaving()).isTrue();
		assertThat(calls.accept(8)).isFalse();
		this.availability.close(DRAINING);
		assertThat(this.link.sent).containsExactly(new Envelope.GoAway(7, DRAINING));
	}

	@Test
	void aPeerThatLeavesDropsLaterCallsOnly() {
		this.availability.peerLeaves(new Envelope.GoAway(3, DRAINING));
		assertThat(this.availability.isOpen()).isFalse();
		assertThat(this.availability.dropped(3)).isNull();
		Termination dropped = this.availability.dropped(4);
		assertThat(dropped).isInstanceOfSatisfying(Termination.Lost.class, (lost) -> {
			assertThat(lost.cause()).isEqualTo(DRAINING);
			assertThat(lost.delivery()).isEqualTo(Delivery.NOT_PROCESSED);
		});
	}

	@Test
	void whatThePeerToldIsTheReasonOfItsClosing() {
		this.availability.peerLeaves(new Envelope.GoAway(3, DRAINING));
		assertThat(this.availability.lost(Link.CLOSED_BY_PEER)).isEqualTo(DRAINING);
	}

	@Test
	void aLossHasAReasonOfItsOwnWhateverThePeerTold() {
		this.availability.peerLeaves(new Envelope.GoAway(3, DRAINING));
		assertThat(this.availability.lost(RecordingLink.LOST)).isEqualTo(RecordingLink.LOST);
	}

	@Test
	void theFirstReasonOfTheConnectionStays() {
		this.availability.end("all ids are used");
		this.availability.end("the peer closed the default stream");
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(this.availability::check)
			.satisfies((ex) -> assertThat(ex.reason().message()).isEqualTo("all ids are used"));
	}

	@Test
	void aServiceIsTheOriginOfTheReasonItClosesFor() {
		this.availability.closeForService(new ErrorInfo(ErrorCode.PERMISSION_DENIED, "no"));
		assertThat(this.availability.isClosedByService()).isTrue();
		assertThat(this.link.sent).singleElement()
			.isInstanceOfSatisfying(Envelope.GoAway.class,
					(told) -> assertThat(told.cause().origin()).isEqualTo(this.availability.origin()));
	}

	@Test
	void theEndIsToldOnce() {
		this.availability.closed(DRAINING);
		this.availability.closed(RecordingLink.LOST);
		assertThat(this.availability.hasEnded()).isTrue();
		assertThat(this.availability.whenClosed().toCompletableFuture()).isCompletedWithValue(DRAINING);
	}

}
