package io.adaptive.internal.stream;

import java.util.List;

import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Payload;
import io.adaptive.spi.ReferencePayload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the envelopes that a server's end receives are taken.
 */
class EnvelopeRouterTests {

	private static final ErrorInfo DRAINING = new ErrorInfo(ErrorCode.UNAVAILABLE, "draining");

	private final RecordingLink link = new RecordingLink();

	private final RecordingDispatcher dispatcher = new RecordingDispatcher();

	private final ConnectionState connection = new ConnectionState(this.link, false, Runnable::run,
			ConnectionTelemetry.NONE, ReceiveBudget.unlimited());

	private final ConnectionStreams streams = new ConnectionStreams(this.connection, this.dispatcher);

	private final EnvelopeRouter router = new EnvelopeRouter(this.connection, this.streams, this.dispatcher);

	private void call(int stream, long id) {
		this.router.received(new Envelope.Message(stream, id, 0, new ReferencePayload("request")));
	}

	private List<Envelope.Failure> refusals() {
		return this.link.sent.stream()
			.filter(Envelope.Failure.class::isInstance)
			.map(Envelope.Failure.class::cast)
			.toList();
	}

	@Test
	void aKnownMessageGoesToItsHandler() {
		call(1, 1);
		assertThat(this.dispatcher.messages).hasSize(1);
		assertThat(this.connection.incomingCalls().isOpen(1)).isTrue();
		this.dispatcher.messages.get(0).answer("reply");
		assertThat(this.link.sent).singleElement().isInstanceOf(Envelope.Reply.class);
		assertThat(this.connection.incomingCalls().count()).isZero();
	}

	@Test
	void anUnknownMessageIsRefusedWithoutAConversation() {
		this.dispatcher.knowsMessages = false;
		call(1, 1);
		assertThat(refusals()).singleElement().satisfies((refusal) -> {
			assertThat(refusal.callId()).isEqualTo(1);
			assertThat(refusal.error().code()).isEqualTo(ErrorCode.UNIMPLEMENTED);
			assertThat(refusal.error().delivery()).isEqualTo(Delivery.NOT_PROCESSED);
		});
		assertThat(this.connection.incomingCalls().count()).isZero();
	}

	@Test
	void anUnknownMessageIsReceivedInAConversation() {
		this.streams.defaultStream().input().openConversation();
		this.dispatcher.knowsMessages = false;
		call(1, 0);
		assertThat(refusals()).isEmpty();
		assertThat(this.streams.defaultStream().recv(MessageType.of(String.class))).isEqualTo("request");
	}

	@Test
	void aCallOnAStreamThatIsNotOpenIsRefused() {
		call(3, 1);
		assertThat(this.dispatcher.messages).isEmpty();
		assertThat(refusals()).singleElement().satisfies((refusal) -> {
			assertThat(refusal.streamId()).isEqualTo(3);
			assertThat(refusal.error().code()).isEqualTo(ErrorCode.CANCELLED);
			assertThat(refusal.error().delivery()).isEqualTo(Delivery.NOT_PROCESSED);
		});
	}

	@Test
	void aCallThatIsMadeTwiceBreaksARule() {
		call(1, 1);
		call(1, 1);
		assertThat(this.dispatcher.messages).hasSize(1);
		assertThat(this.link.brokenRules).containsExactly("call 1 is made twice");
	}

	@Test
	void aCallAfterTheLastThatIsTakenIsDropped() {
		call(1, 1);
		this.connection.availability().leave(DRAINING, this.connection.incomingCalls());
		call(1, 2);
		assertThat(this.dispatcher.messages).hasSize(1);
		assertThat(this.link.sent).startsWith(new Envelope.GoAway(1, DRAINING));
		assertThat(refusals()).as("the peer knows").isEmpty();
	}

	@Test
	void aMessageWithoutCreditBreaksARule() {
		this.router.received(new Envelope.Message(1, 0, 0, new Sized((int) ReceiveWindow.FLOOR + 1)));
		assertThat(this.dispatcher.messages).isEmpty();
		assertThat(this.link.brokenRules).singleElement().asString().endsWith("without credit");
	}

	@Test
	void aCancelReachesItsCallAndNoOther() {
		call(1, 1);
		call(1, 2);
		this.router.received(new Envelope.Cancel(1, 1));
		assertThat(this.dispatcher.messages).extracting(HandledMessage::isGivenUp).containsExactly(true, false);
	}

	@Test
	void streamsAreOpenedInTheOrderOfTheirIds() {
		this.router.received(new Envelope.Open(3));
		this.router.received(new Envelope.Open(7));
		this.router.received(new Envelope.Open(5));
		assertThat(this.dispatcher.events).containsExactly("opened 3", "opened 7");
		assertThat(this.link.brokenRules).hasSize(1);
	}

	@Test
	void theCallsOfAStreamThatEndsAreCancelled() {
		this.router.received(new Envelope.Open(3));
		call(3, 1);
		call(1, 2);
		this.router.received(new Envelope.End(3, new ErrorInfo(ErrorCode.OK, "closed")));
		assertThat(this.dispatcher.messages).extracting(HandledMessage::isGivenUp).containsExactly(true, false);
		assertThat(this.dispatcher.events).containsExactly("opened 3", "closed 3");
		assertThat(this.connection.availability().isOpen()).isTrue();
	}

	@Test
	void aConnectionWithoutItsDefaultStreamTakesNothingNew() {
		this.router.received(new Envelope.Reset(1, DRAINING));
		assertThat(this.connection.availability().isOpen()).isFalse();
		assertThat(this.dispatcher.events).containsExactly("closed 1");
	}

	@Test
	void aLostLinkEndsTheStreamsBeforeTheConnection() {
		this.router.opened();
		this.router.received(new Envelope.Open(3));
		call(3, 1);
		this.router.closed(RecordingLink.LOST);
		assertThat(this.dispatcher.events).startsWith("connected", "opened 1", "opened 3")
			.endsWith("disconnected: lost")
			.contains("closed 1", "closed 3")
			.hasSize(6);
		assertThat(this.dispatcher.messages).extracting(HandledMessage::isGivenUp).containsExactly(true);
		assertThat(this.connection.availability().whenClosed().toCompletableFuture())
			.isCompletedWithValue(RecordingLink.LOST);
	}

	@Test
	void creditThatWasNotTakenIsNotGrantedAgain() {
		this.router.received(new Envelope.Credit(1, 1));
		assertThat(this.link.brokenRules).containsExactly("more credit granted on stream 1 than was taken");
	}

	@Test
	void creditThatWasNotGrantedIsNotGivenBack() {
		this.router
			.received(new Envelope.Credit(0, (int) ReceiveWindow.FLOOR, 1_000_000, Envelope.Credit.Purpose.RETURN));
		assertThat(this.link.brokenRules).containsExactly("more credit given back than was granted");
	}

	@Test
	void answersThatWereNotSentAreNotTaken() {
		this.router.received(new Envelope.Credit(1, 1, 0, Envelope.Credit.Purpose.ANSWERS_TAKEN));
		assertThat(this.link.brokenRules).containsExactly("more answers to one-way messages taken than were sent");
	}

	/**
	 * A message of a certain size.
	 */
	private record Sized(int size) implements Payload {

		@Override
		public String typeName() {
			return "test.Sized";
		}

		@Override
		public <T> T decode(MessageType<T> type) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Class<?> knownType() {
			return Sized.class;
		}

	}

}
