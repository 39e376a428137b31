package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.OpenResources;
import io.adaptive.fixture.ParallelThreads;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.MessageHeaders;
import io.adaptive.message.Priority;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.message.TraceContext;
import io.adaptive.message.TraceTag;
import io.adaptive.message.TraceToken;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.adaptive.spi.ReferencePayload;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What {@link Link} promises, whatever carries it. A new transport inherits every case
 * and the leak checks.
 */
abstract class LinkContractTests {

	static final ServiceName SERVICE = new ServiceName("test", "links");

	static final Instance SERVER = new Instance(new ProviderId("machine"), 1);

	static final Instance CLIENT = new Instance(new ProviderId("machine"), 2);

	static final ErrorInfo DONE = new ErrorInfo(ErrorCode.CANCELLED, "done");

	private static final ErrorInfo DETAILED = new ErrorInfo(ErrorCode.ABORTED, "wörds", "com.example.Oops",
			"example/hello at here", Delivery.NOT_PROCESSED, Duration.ofMillis(1500));

	@RegisterExtension
	final LogLines log = new LogLines();

	private final List<AutoCloseable> listeners = new ArrayList<>();

	/**
	 * Accepts links at the place that {@link #dial} leads to.
	 */
	abstract AutoCloseable listen(LinkAcceptor acceptor);

	abstract CompletableFuture<Link> dial(LinkAcceptor acceptor);

	@AfterEach
	void stopListening() throws Exception {
		for (AutoCloseable listener : this.listeners) {
			listener.close();
		}
	}

	final void startListening(LinkAcceptor acceptor) {
		this.listeners.add(listen(acceptor));
	}

	/**
	 * One end of a link with what it has received.
	 */
	record End(Link link, RecordingReceiver received) {

		void send(Envelope envelope) {
			this.link.send(envelope);
		}

		void send(Envelope.Message message) {
			Object sent = ((ReferencePayload) message.payload()).message();
			this.link.send(new Envelope.Message(message.streamId(), message.callId(), message.timeoutNanos(),
					message.priority(), this.link.payload(sent)));
		}

	}

	record Ends(End client, End server) {

		void close() {
			this.client.link.close(DONE);
			this.client.received.awaitClosed();
			this.server.received.awaitClosed();
		}

	}

	/**
	 * Opens a link, listening first.
	 */
	final Ends open() {
		AtomicReference<End> server = new AtomicReference<>();
		startListening((link) -> {
			End end = new End(link, new RecordingReceiver());
			server.set(end);
			return end.received;
		});
		return connect(server);
	}

	private Ends connect(AtomicReference<End> server) {
		server.set(null);
		RecordingReceiver received = new RecordingReceiver();
		Link link = dial((dialed) -> received).orTimeout(20, TimeUnit.SECONDS).join();
		return new Ends(new End(link, received), server.get());
	}

	static Envelope.Message message(int streamId, Object message) {
		return new Envelope.Message(streamId, 0, 0, new ReferencePayload(message));
	}

	static <T> T decoded(Envelope envelope, Class<T> type) {
		return ((Envelope.Message) envelope).payload().decode(type);
	}

	@Test
	void eachEndKnowsTheServiceAndTheOther() {
		Ends ends = open();
		assertThat(ends.client.link.service()).isEqualTo(SERVICE);
		assertThat(ends.server.link.service()).isEqualTo(SERVICE);
		assertThat(ends.client.link.peer()).isEqualTo(SERVER);
		assertThat(ends.server.link.peer()).isEqualTo(CLIENT);
		assertThat(ends.client.link.endpoint()).isEqualTo(ends.server.link.endpoint());
		assertThat(ends.client.link.self()).isEqualTo(CLIENT);
		assertThat(ends.server.link.self()).isEqualTo(SERVER);
		assertThat(ends.client.link.isEventLoop()).isFalse();
		ends.close();
	}

	@Test
	void eachEndIsToldOnceThatItCanSend() {
		startListening((link) -> new RecordingReceiver() {
			@Override
			public void opened() {
				super.opened();
				link.send(message(1, new Numbered(0, 0)));
				link.send(message(1, new Numbered(0, this.opened.size())));
			}
		});
		RecordingReceiver client = new RecordingReceiver();
		Link link = dial((dialed) -> client).orTimeout(20, TimeUnit.SECONDS).join();
		List<Envelope> received = client.awaitEnvelopes(2);
		assertThat(received).extracting((envelope) -> decoded(envelope, Numbered.class).number()).containsExactly(0, 1);
		assertThat(client.opened).containsExactly(0);
		link.close(DONE);
		client.awaitClosed();
	}

	private static final MessageHeaders HEADERS = new MessageHeaders(
			new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=1", "b=2"),
			TraceTag.first(new TraceToken(new UUID(1, 2), 3)));

	static List<Envelope> envelopes() {
		ErrorInfo end = new ErrorInfo(ErrorCode.OK, "closed");
		return List.of(new Envelope.Open(3), new Envelope.Message(1, 0, 0, new ReferencePayload(new Numbered(1, 2))),
				new Envelope.Message(Integer.MAX_VALUE, Long.MAX_VALUE, 3_000_000_000L, Priority.HIGH,
						new ReferencePayload(new Numbered(3, 4))),
				new Envelope.Message(1, 0, 0, null, HEADERS, new ReferencePayload(new Numbered(3, 5))),
				new Envelope.Reply(5, 7, new ReferencePayload(new Numbered(5, 6))), new Envelope.Reply(5, 8, null),
				new Envelope.Reply(5, 9, null, true), new Envelope.Failure(7, 9, DETAILED),
				new Envelope.Failure(7, 0, new ErrorInfo(ErrorCode.UNKNOWN, "")), new Envelope.End(9, end),
				new Envelope.Reset(11, DETAILED), new Envelope.Cancel(13, 10), new Envelope.Credit(0, 1),
				new Envelope.Credit(15, Integer.MAX_VALUE), new Envelope.GoAway(12, DETAILED));
	}

	@ParameterizedTest
	@MethodSource("envelopes")
	void everyKindOfEnvelopeArrivesEqual(Envelope envelope) {
		Ends ends = open();
		ends.server.send(envelope);
		assertThat(comparable(ends.client.received.awaitEnvelopes(1).get(0))).isEqualTo(envelope);
		// Nobody calls a client, so that it has nothing to reply to.
		if (!(envelope instanceof Envelope.Reply)) {
			ends.client.send(envelope);
			assertThat(comparable(ends.server.received.awaitEnvelopes(1).get(0))).isEqualTo(envelope);
		}
		ends.close();
	}

	/**
	 * Payloads have no equality of their own, since some are still encoded.
	 */
	private static Envelope comparable(Envelope envelope) {
		if (envelope instanceof Envelope.Message message) {
			assertThat(message.payload().typeName()).isEqualTo(Numbered.class.getName());
			return new Envelope.Message(message.streamId(), message.callId(), message.timeoutNanos(),
					message.priority(), message.headers(),
					new ReferencePayload(message.payload().decode(Numbered.class)));
		}
		if (envelope instanceof Envelope.Reply reply && reply.payload() != null) {
			return new Envelope.Reply(reply.streamId(), reply.callId(),
					new ReferencePayload(reply.payload().decode(Numbered.class)), reply.followed());
		}
		return envelope;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nothingOf8ThreadsIsLostAndWhatEachSendsOnAStreamStaysInOrder(boolean oneStream) throws Exception {
		Ends ends = open();
		int each = 2000;
		ParallelThreads.run(16, (number) -> {
			End from = (number < 8) ? ends.client : ends.server;
			int thread = number % 8;
			for (int i = 0; i < each; i++) {
				from.send(message(oneStream ? 1 : 2 * thread + 1, new Numbered(thread, i)));
			}
		});
		assertInOrder(ends.server.received.awaitEnvelopes(8 * each), each);
		assertInOrder(ends.client.received.awaitEnvelopes(8 * each), each);
		ends.close();
	}

	private static void assertInOrder(List<Envelope> received, int each) {
		Map<Integer, Integer> next = new HashMap<>();
		for (Envelope envelope : received) {
			Numbered numbered = decoded(envelope, Numbered.class);
			int expected = next.merge(numbered.thread(), 1, Integer::sum) - 1;
			assertThat(numbered.number()).as("of thread " + numbered.thread()).isEqualTo(expected);
		}
		assertThat(next).hasSize(8).allSatisfy((thread, count) -> assertThat(count).isEqualTo(each));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 32 * 1024 - 1, 32 * 1024, 32 * 1024 + 1, 64 * 1024, 5_000_000 })
	void messagesOfAnySizeArriveWhole(int size) {
		Ends ends = open();
		Blob blob = Blob.ofSize(size);
		ends.client.send(message(1, blob));
		ends.server.send(message(1, blob));
		assertThat(decoded(ends.server.received.awaitEnvelopes(1).get(0), Blob.class).bytes()).isEqualTo(blob.bytes());
		assertThat(decoded(ends.client.received.awaitEnvelopes(1).get(0), Blob.class).bytes()).isEqualTo(blob.bytes());
		ends.close();
	}

	@Test
	void theSizeAtWhichAMessageIsCutIntoFragmentsIsNoTrap() {
		Ends ends = open();
		int first = 32 * 1024 - 100;
		int count = 110;
		for (int i = 0; i < count; i++) {
			ends.client.send(message(1, Blob.ofSize(first + i)));
		}
		List<Envelope> received = ends.server.received.awaitEnvelopes(count);
		for (int i = 0; i < count; i++) {
			assertThat(decoded(received.get(i), Blob.class).bytes()).isEqualTo(Blob.ofSize(first + i).bytes());
		}
		ends.close();
	}

	@RepeatedTest(10)
	void closingDeliversWhatWasSentBeforeAndTellsBothEndsOnce() {
		Ends ends = open();
		for (int i = 0; i < 100; i++) {
			ends.client.send(message(1, Blob.ofSize(1000 * i)));
		}
		ends.client.link.close(DONE);
		ends.client.link.close(new ErrorInfo(ErrorCode.INTERNAL, "again"));
		ends.server.received.awaitClosed();
		assertThat(ends.client.received.awaitClosed()).isEqualTo(DONE);
		assertThat(ends.server.received.envelopes).hasSize(100);
		assertClosedOnce(ends);
	}

	@RepeatedTest(10)
	void closingDeliversWhatWasSentBeforeToAPeerThatIsSending() throws Exception {
		Ends ends = open();
		ParallelThreads.run(2, (number) -> {
			if (number == 0) {
				sendUntilLost(ends.server, ends.client);
				return;
			}
			ends.client.received.awaitEnvelopes(1);
			for (int i = 0; i < 100; i++) {
				ends.client.send(message(1, new Numbered(0, i)));
			}
			ends.client.link.close(DONE);
		});
		ends.server.received.awaitClosed();
		ends.client.received.awaitClosed();
		assertThat(ends.server.received.envelopes).hasSize(100);
		assertClosedOnce(ends);
	}

	/**
	 * Keeps the link busy without filling the memory.
	 */
	static void sendUntilLost(End from, End to) {
		Blob blob = Blob.ofSize(500);
		try {
			for (int sent = 0; true; sent++) {
				from.send(message(1, blob));
				while (sent - to.received.count.get() > 500 && from.received.closeCauses.isEmpty()) {
					Thread.onSpinWait();
				}
			}
		}
		catch (ConnectionLostException ex) {
			assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT);
		}
	}

	static void assertClosedOnce(Ends ends) {
		assertThat(ends.client.received.closeCauses).hasSize(1);
		assertThat(ends.server.received.closeCauses).hasSize(1);
	}

	@RepeatedTest(50)
	void closingFromBothEndsAtOnceTellsEachOnce() throws Exception {
		Ends ends = open();
		ParallelThreads.run(4, (number) -> ((number % 2 == 0) ? ends.client : ends.server).link.close(DONE));
		ends.client.received.awaitClosed();
		ends.server.received.awaitClosed();
		assertClosedOnce(ends);
	}

	@Test
	void sendingAfterTheEndFailsAndSaysThatNothingWasSent() {
		Ends ends = open();
		ends.close();
		for (End end : List.of(ends.client, ends.server)) {
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> end.send(message(1, new Numbered(0, 0))))
				.withMessageContaining(SERVICE.toString())
				.withMessageContaining(end.link.endpoint().toString())
				.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAVAILABLE));
		}
	}

	@Test
	void aRefusalReachesTheDialerWithItsCodeAndText() {
		startListening((link) -> {
			throw new ConnectionRefusedException(ErrorCode.PERMISSION_DENIED, "not you, Jürgen");
		});
		assertRefused(ErrorCode.PERMISSION_DENIED, "not you, Jürgen");
	}

	@Test
	void aRefusalWithALongTextReachesTheDialerToo() {
		startListening((link) -> {
			throw new ConnectionRefusedException(ErrorCode.PERMISSION_DENIED, "because " + "of it ".repeat(20_000));
		});
		assertRefused(ErrorCode.PERMISSION_DENIED, "because of it of it");
	}

	@Test
	void dialingWhereNobodyListensIsRefused() throws Exception {
		startListening((link) -> new RecordingReceiver());
		stopListening();
		Throwable thrown = catchThrowable(() -> dial((link) -> new RecordingReceiver()).get(50, TimeUnit.SECONDS));
		assertThat(thrown).isInstanceOf(ExecutionException.class)
			.cause()
			.isInstanceOfSatisfying(ConnectionRefusedException.class,
					(ex) -> assertThat(ex.code()).isIn(ErrorCode.NOT_FOUND, ErrorCode.UNAVAILABLE))
			.hasMessageContaining(SERVICE.toString());
	}

	private void assertRefused(ErrorCode code, String text) {
		RecordingReceiver received = new RecordingReceiver();
		Throwable thrown = catchThrowable(() -> dial((link) -> received).get(50, TimeUnit.SECONDS));
		assertThat(thrown).isInstanceOf(ExecutionException.class)
			.cause()
			.isInstanceOfSatisfying(ConnectionRefusedException.class, (ex) -> assertThat(ex.code()).isEqualTo(code))
			.hasMessageContaining(text);
		assertThat(received.closeCauses).isEmpty();
	}

	@Test
	void aLinkClosedWhileItIsAcceptedTellsBothEnds() {
		RecordingReceiver server = new RecordingReceiver();
		startListening((link) -> {
			link.close(DONE);
			return server;
		});
		RecordingReceiver client = new RecordingReceiver();
		CompletableFuture<Link> link = dial((dialed) -> client).orTimeout(20, TimeUnit.SECONDS);
		assertThat(server.awaitClosed()).isEqualTo(DONE);
		if (catchThrowable(link::join) == null) {
			client.awaitClosed();
		}
		assertThat(client.closeCauses).hasSizeLessThanOrEqualTo(1);
		assertThat(server.closeCauses).hasSize(1);
	}

	@Test
	void anEndIsToldOfTheEndAfterTheBeginningHoweverFastItIsClosed() {
		startListening((link) -> closedWhileOpening(link));
		AtomicReference<RecordingReceiver> client = new AtomicReference<>();
		CompletableFuture<Link> link = dial((dialed) -> {
			client.set(closedWhileOpening(dialed));
			return client.get();
		}).orTimeout(50, TimeUnit.SECONDS);
		assertThat(catchThrowable(link::join)).satisfiesAnyOf((none) -> assertThat(none).isNull(),
				(failure) -> assertThat(failure).hasRootCauseInstanceOf(ConnectionRefusedException.class));
		client.get().awaitClosed();
		assertThat(client.get().opened).containsExactly(0);
	}

	/**
	 * Another thread closes the link while this one is told that it is open.
	 */
	private static RecordingReceiver closedWhileOpening(Link link) {
		return new RecordingReceiver() {

			@Override
			public void opened() {
				CompletableFuture.runAsync(() -> link.close(DONE), (work) -> new Thread(work).start()).join();
				super.opened();
			}

		};
	}

	@Test
	void linksThatAreClosedLeaveNothingOpen() {
		AtomicReference<End> server = new AtomicReference<>();
		startListening((link) -> {
			End end = new End(link, new RecordingReceiver());
			server.set(end);
			return end.received;
		});
		for (int i = 0; i < 20; i++) {
			connect(server).close();
		}
		OpenResources before = OpenResources.now();
		for (int i = 0; i < 200; i++) {
			Ends ends = connect(server);
			ends.client.send(message(1, new Numbered(0, i)));
			ends.server.send(message(1, new Numbered(0, i)));
			((i % 2 == 0) ? ends.client : ends.server).link.close(DONE);
		}
		Awaitility.await()
			.atMost(Duration.ofSeconds(50))
			.untilAsserted(() -> assertThat(OpenResources.now()).matches((now) -> now.isWithin(before),
					"no more than " + before));
	}

	record Numbered(int thread, int number) {
	}

	record Blob(byte[] bytes) {

		static Blob ofSize(int size) {
			byte[] bytes = new byte[size];
			for (int i = 0; i < size; i++) {
				bytes[i] = (byte) (i * 31 + (i >>> 8));
			}
			return new Blob(bytes);
		}

	}

	/**
	 * Holds something that cannot be encoded.
	 */
	record Holder(Object content) {
	}

	static class Stranger {

	}

}
