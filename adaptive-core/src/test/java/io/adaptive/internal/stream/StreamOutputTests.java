package io.adaptive.internal.stream;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageHeaders;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The calls of one stream, from their id to their outcome.
 */
class StreamOutputTests {

	private static final ErrorInfo DRAINING = new ErrorInfo(ErrorCode.UNAVAILABLE, "draining");

	/** So many messages have credit: each costs as much as a message costs at least. */
	private static final int ROOM = (int) (Limits.MIN_CREDIT / Limits.MIN_COST);

	private final RecordingLink link = new RecordingLink(
			new Limits(Limits.MIN_MESSAGE, Limits.MIN_CREDIT, Limits.MIN_CREDIT));

	private final ConnectionState connection = new ConnectionState(this.link, true, Runnable::run,
			ConnectionTelemetry.NONE, ReceiveBudget.unlimited());

	private final StreamOutput stream = new StreamOutput(this.connection, 1);

	private final StreamOutput other = new StreamOutput(this.connection, 3);

	private PendingCall call(StreamOutput from) {
		return from.call("request", WaitDeadline.NONE, null, MessageHeaders.NONE);
	}

	private PendingCall waitingCall() {
		for (int i = 0; i < ROOM; i++) {
			assertThat(this.stream.send("one-way", null, MessageHeaders.NONE)).isCompleted();
		}
		this.link.sent.clear();
		return call(this.stream);
	}

	private static @Nullable InboxItem outcome(PendingCall call) {
		return call.getNow(null);
	}

	@Test
	void callsOfAllStreamsHaveIdsInTheOrderInWhichTheyBegin() {
		assertThat(call(this.stream).id()).isEqualTo(1);
		assertThat(call(this.other).id()).isEqualTo(2);
		assertThat(this.link.sent).extracting(
				(envelope) -> ((Envelope.Message) envelope).streamId() + ":" + ((Envelope.Message) envelope).callId())
			.containsExactly("1:1", "3:2");
		assertThat(this.connection.outgoingCalls().count()).isEqualTo(2);
	}

	@Test
	void anAnswerEndsItsCall() {
		PendingCall first = call(this.stream);
		PendingCall second = call(this.stream);
		InboxItem answer = new InboxItem.Answered(null, false);
		this.connection.outgoingCalls().complete(2, answer);
		assertThat(second).isCompletedWithValue(answer);
		assertThat(first).isNotDone();
		assertThat(this.connection.outgoingCalls().count()).isEqualTo(1);
	}

	@Test
	void aCallThatIsGivenUpIsCancelledOnce() {
		PendingCall call = call(this.stream);
		assertThat(call.giveUp()).isTrue();
		assertThat(call.giveUp()).isFalse();
		assertThat(this.link.sent).hasSize(2).element(1).isEqualTo(new Envelope.Cancel(1, 1));
		assertThat(this.connection.outgoingCalls().count()).isZero();
	}

	@Test
	void aCallThatWaitsForCreditIsTakenBackInstead() {
		PendingCall call = waitingCall();
		assertThat(this.link.sent).noneMatch(Envelope.Message.class::isInstance);
		assertThat(call.giveUp()).isTrue();
		assertThat(this.link.sent).noneMatch(Envelope.Cancel.class::isInstance);
		assertThat(this.stream.outbox().isWritable()).isTrue();
	}

	@Test
	void aCallThatWaitsForCreditEndsWithItsStream() {
		PendingCall call = waitingCall();
		this.stream.end(new Termination.Reset(DRAINING));
		assertThat(call).isCompletedExceptionally();
	}

	@Test
	void aCallThatWaitsForCreditLeavesOnceThereIsSome() {
		PendingCall call = waitingCall();
		assertThat(this.stream.granted(Limits.MIN_COST)).isTrue();
		this.connection.credit().granted(Limits.MIN_COST, 1);
		assertThat(this.link.sent).filteredOn(Envelope.Message.class::isInstance)
			.singleElement()
			.extracting((envelope) -> ((Envelope.Message) envelope).callId())
			.isEqualTo(call.id());
		assertThat(call).isNotDone();
	}

	@Test
	void thePeerDropsTheCallsAfterTheLastItTookAndNoOthers() {
		PendingCall taken = call(this.stream);
		PendingCall late = call(this.other);
		this.connection.peerLeaves(new Envelope.GoAway(1, DRAINING));
		assertThat(taken).isNotDone();
		assertThat(outcome(late)).isInstanceOfSatisfying(InboxItem.Ended.class,
				(ended) -> assertThat(ended.termination()).isInstanceOfSatisfying(Termination.Lost.class,
						(lost) -> assertThat(lost.delivery()).isEqualTo(Delivery.NOT_PROCESSED)));
	}

	@Test
	void noCallBeginsWhenThePeerLeaves() {
		this.connection.peerLeaves(new Envelope.GoAway(0, DRAINING));
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> call(this.stream))
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
		assertThat(this.link.sent).isEmpty();
		assertThat(this.connection.outgoingCalls().count()).isZero();
	}

	@Test
	void aCallThatCannotBeSentIsForgotten() {
		this.link.close(RecordingLink.LOST);
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> call(this.stream));
		assertThat(this.connection.outgoingCalls().count()).isZero();
	}

	@Test
	void onlyTheFirstAnswerToACallOfThePeerCounts() {
		assertThat(this.stream.answer(5, "late", null, false)).as("a call that is not open").isFalse();
		assertThat(this.link.sent).isEmpty();
	}

	@Test
	void whatASenderDoesNotKeepIsReportedInsteadOfSent() {
		this.stream.answerOneWay("test.Request", false, "value", null);
		this.stream.answerOneWay("test.Request", true, "value", null);
		assertThat(this.link.sent).hasSize(2);
		assertThat(this.link.sent.get(0)).isInstanceOf(Envelope.Report.class);
		assertThat(this.link.sent.get(1)).isInstanceOfSatisfying(Envelope.Message.class,
				(answer) -> assertThat(answer.role()).isEqualTo(Envelope.Message.Role.ANSWER));
	}

	@Test
	void aRefusedOneWayMessageIsAnsweredAsNotProcessed() {
		this.stream.refuse(0, "test.Request", true, null, new ErrorInfo(ErrorCode.RESOURCE_EXHAUSTED, "full"));
		assertThat(this.link.sent).singleElement().isInstanceOfSatisfying(Envelope.Failure.class, (refusal) -> {
			assertThat(refusal.answer()).isTrue();
			assertThat(refusal.error().delivery()).isEqualTo(Delivery.NOT_PROCESSED);
		});
	}

}
