package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.MessageTracing;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;
import io.adaptive.trace.TraceableMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Traced messages, across nodes and scopes.
 */
class MessageTracingTests {

	private static final ServiceName FRONT = new ServiceName("traced", "front");

	private static final ServiceName MIDDLE = new ServiceName("traced", "middle");

	private static final ServiceName BACK = new ServiceName("traced", "back");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	/**
	 * Client, and a service in its process that calls one over a unix socket that calls
	 * one over TCP.
	 */
	private final class Chain {

		private final AdaptiveNode back = MessageTracingTests.this.nodes.node(Scope.LAN, Scope.OS);

		private final AdaptiveNode middle = MessageTracingTests.this.nodes.node(Scope.OS);

		private final AdaptiveNode front = MessageTracingTests.this.nodes.node(Scope.PROCESS, Scope.OS);

		private final AdaptiveNode client = MessageTracingTests.this.nodes.node(Scope.PROCESS, Scope.OS);

		private final Connection connection;

		private Chain() {
			this.back.newServer()
				.publish(Service.named(BACK).handle(Part.class, (part) -> new Parted(part.number() + 1)));
			Connection toBack = MessageTracingTests.this.nodes.connect(this.middle, Scope.LAN, BACK);
			this.middle.newServer().publish(Service.named(MIDDLE).handle(Piece.class, (piece) -> {
				Parted parted = toBack.sendRecv(new Part(piece.number()), Parted.class);
				return new Pieced(parted.number());
			}));
			Connection toMiddle = MessageTracingTests.this.nodes.connect(this.front, Scope.OS, MIDDLE);
			this.front.newServer()
				.publish(Service.named(FRONT)
					.handle(Whole.class,
							(whole) -> new Wholed(toMiddle.sendRecv(new Piece(whole.number()), Pieced.class).number()))
					.scopes(Scope.PROCESS, Scope.OS));
			this.connection = MessageTracingTests.this.nodes.connect(this.client, Scope.PROCESS, FRONT);
		}

	}

	@Test
	void aTraceFollowsAMessageThroughAllItsServicesAndBack() {
		Chain chain = new Chain();
		MarkedMessages marked = chain.client.tracing().mark(Whole.class, 1);
		assertThat(chain.connection.sendRecv(new Whole(1), Wholed.class)).isEqualTo(new Wholed(2));
		chain.connection.sendRecv(new Whole(5), Wholed.class);
		List<MessageTrace> traces = take(chain.client.tracing(), marked.tokens(), 12);
		assertThat(traces).hasSize(1);
		assertThat(traces.get(0).token()).hasToString(marked.tokens());
		assertThat(told(traces.get(0))).containsExactly("CLIENT_SEND traced/front Whole[number=1]",
				"HANDLER traced/front Whole[number=1]", "CLIENT_SEND traced/middle Piece[number=1]",
				"HANDLER traced/middle Piece[number=1]", "CLIENT_SEND traced/back Part[number=1]",
				"HANDLER traced/back Part[number=1]", "SERVER_SEND traced/back Parted[number=2]",
				"CLIENT_RECV traced/back Parted[number=2]", "SERVER_SEND traced/middle Pieced[number=2]",
				"CLIENT_RECV traced/middle Pieced[number=2]", "SERVER_SEND traced/front Wholed[number=2]",
				"CLIENT_RECV traced/front Wholed[number=2]");
		assertThat(traces.get(0).records()).extracting(TraceRecord::scope)
			.containsExactly(Scope.PROCESS, Scope.PROCESS, Scope.OS, Scope.OS, Scope.LAN, Scope.LAN, Scope.LAN,
					Scope.LAN, Scope.OS, Scope.OS, Scope.PROCESS, Scope.PROCESS);
		assertThat(chain.client.tracing().read("all", true)).as("what is read is gone").isEmpty();
	}

	/**
	 * Takes the traces once all their records have arrived, which each program forwards
	 * by itself.
	 */
	private static List<MessageTrace> take(MessageTracing tracing, String tokens, int records) {
		await().atMost(Duration.ofSeconds(60))
			.until(() -> tracing.read(tokens, true).stream().mapToInt((each) -> each.records().size()).sum(),
					(arrived) -> arrived >= records);
		return tracing.read(tokens, false);
	}

	private static List<String> told(MessageTrace trace) {
		return trace.records()
			.stream()
			.map((each) -> "%s %s %s".formatted(each.event(), each.service(), each.text()))
			.toList();
	}

	@Test
	void conversationsThatAreTracedAtTheSameTimeDoNotMix() throws ExecutionException, InterruptedException {
		Chain chain = new Chain();
		int threads = 64;
		int calls = 4;
		MarkedMessages marked = chain.client.tracing().mark(Whole.class, threads * calls);
		ExecutorService callers = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> done = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				int number = 1000 * i;
				done.add(callers.submit(() -> {
					for (int j = 0; j < calls; j++) {
						chain.connection.sendRecv(new Whole(number + j), Wholed.class);
					}
				}));
			}
			for (Future<?> each : done) {
				each.get();
			}
		}
		finally {
			callers.shutdownNow();
		}
		List<MessageTrace> traces = take(chain.client.tracing(), marked.tokens(), 12 * threads * calls);
		assertThat(traces).hasSize(threads * calls).allSatisfy((trace) -> {
			String number = trace.records().get(0).text().replaceAll("\\D", "");
			String answer = String.valueOf(Integer.parseInt(number) + 1);
			assertThat(trace.records()).hasSize(12)
				.extracting((each) -> each.text().replaceAll("\\D", ""))
				.containsExactlyElementsOf(
						Stream.concat(Collections.nCopies(6, number).stream(), Collections.nCopies(6, answer).stream())
							.toList());
		});
		assertThat(chain.client.tracing().marks()).as("all are used up").isEmpty();
	}

	@Test
	void messagesOfAnotherProgramAreMarkedThroughItsService() {
		Chain chain = new Chain();
		AdaptiveNode operator = this.nodes.node(Scope.OS);
		MessageTracing tracing = operator.tracing();
		assertThat(tracing.programs()).contains(chain.front.instance().toString(), chain.middle.instance().toString());
		var marks = tracing.of(chain.front.instance().toString());
		chain.connection.sendRecv(new Whole(1), Wholed.class);
		assertThat(marks.traceable("*Piece")).extracting(TraceableMessage::className)
			.containsExactly(Piece.class.getName());
		MarkedMessages marked = marks.mark(Piece.class.getName(), 2, List.of("number=7*"));
		assertThat(marks.marks()).containsExactly(marked);
		chain.connection.sendRecv(new Whole(1), Wholed.class);
		chain.connection.sendRecv(new Whole(70), Wholed.class);
		List<MessageTrace> traces = take(tracing, marked.tokens(), 8);
		assertThat(traces).hasSize(1);
		assertThat(told(traces.get(0))).startsWith("CLIENT_SEND traced/middle Piece[number=70]").hasSize(8);
		assertThat(marks.unmark(Piece.class.getName())).isTrue();
		assertThat(marks.marks()).isEmpty();
	}

	@Test
	void aWrongMarkOfAnotherProgramSaysWhatWouldBeRight() {
		Chain chain = new Chain();
		var marks = this.nodes.node(Scope.OS).tracing().of(chain.front.instance().toString());
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> marks.mark(Whole.class.getName() + "e", 1, List.of()))
			.withMessageContaining("is not known to this program")
			.withMessageContaining("close to it: " + Whole.class.getName())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
	}

	@Test
	void aProgramThatIsNotThereIsNamedWithThoseThatAre() {
		Chain chain = new Chain();
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> chain.client.tracing().of("nobody"))
			.withMessageContaining("No program is named \"nobody\"")
			.withMessageContaining(chain.middle.instance().toString())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND));
	}

	@Test
	void programsThatAreNotAllowedToMarkAreRefused() {
		AdaptiveNode server = this.nodes.node((builder) -> builder.remoteMarks(Set.of(Scope.PROCESS)), Scope.OS);
		server.newServer().publish(Service.named(FRONT).handle(Whole.class, (whole) -> new Wholed(1)));
		var marks = this.nodes.node(Scope.OS).tracing().of(server.instance().toString());
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> marks.mark(Whole.class.getName(), 1, List.of()))
			.withMessageContaining("may be marked from scopes [PROCESS], not from OS")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> marks.traceable("*"));
		assertThatExceptionOfType(RemoteException.class).isThrownBy(marks::unmarkAll);
	}

	@SlowTest
	@Test
	void programsThatAreNotAllowedToReadAreRefusedAndTheirRecordsToo() {
		AdaptiveNode server = this.nodes.node((builder) -> builder.remoteTraces(Set.of(Scope.PROCESS)), Scope.OS);
		server.newServer().publish(Service.named(FRONT).handle(Whole.class, (whole) -> new Wholed(1)));
		AdaptiveNode client = this.nodes.node(Scope.OS);
		client.tracing().mark(Whole.class, 1);
		this.nodes.connect(client, Scope.OS, FRONT).sendRecv(new Whole(1), Wholed.class);
		assertThat(client.tracing().read("all", false)).isEmpty();
		await().atMost(Duration.ofSeconds(50))
			.untilAsserted(() -> assertThat(client.tracing().statistics().dropped()).isEqualTo(2));
		assertThat(server.tracing().read("all", false)).as("kept, without the client's part")
			.singleElement()
			.satisfies((trace) -> assertThat(trace.records()).extracting(TraceRecord::event)
				.containsExactly(TraceEvent.HANDLER, TraceEvent.SERVER_SEND));
	}

	@Test
	void errorsAndAcknowledgementsAreRecordedAsSuch() {
		AdaptiveNode server = this.nodes.node(Scope.OS);
		server.newServer().publish(Service.named(FRONT).handle(Whole.class, (whole) -> {
			throw new AdaptiveException(ErrorCode.NOT_FOUND, "no such number");
		}).handle(Piece.class, (piece) -> null));
		AdaptiveNode client = this.nodes.node(Scope.OS);
		Connection connection = this.nodes.connect(client, Scope.OS, FRONT);
		client.tracing().mark(Whole.class, 1);
		client.tracing().mark(Piece.class, 1);
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new Whole(1), Wholed.class));
		connection.sendRecv(new Piece(1), Void.class);
		List<MessageTrace> traces = take(client.tracing(), "all", 8);
		assertThat(traces).hasSize(2);
		List<TraceRecord> records = traces.stream().flatMap((each) -> each.records().stream()).toList();
		assertThat(records).filteredOn((each) -> each.content() == TraceRecord.Content.ERROR)
			.extracting(TraceRecord::event, TraceRecord::text)
			.containsExactly(tuple(TraceEvent.SERVER_SEND, "NOT_FOUND AdaptiveException: no such number"),
					tuple(TraceEvent.CLIENT_RECV, "NOT_FOUND AdaptiveException: no such number"));
		assertThat(records).filteredOn((each) -> each.content() == TraceRecord.Content.ACKNOWLEDGEMENT)
			.extracting(TraceRecord::event)
			.containsExactly(TraceEvent.SERVER_SEND, TraceEvent.CLIENT_RECV);
	}

	@Test
	void whatAHandlerSendsOnItsStreamIsPartOfTheTrace() {
		AdaptiveNode server = this.nodes.node(Scope.OS);
		server.newServer().publish(Service.named(FRONT).handle(Whole.class, (whole, stream) -> {
			stream.send(new Piece(1));
			Part part = stream.recv(Part.class);
			stream.send(new Pieced(part.number()));
			return null;
		}));
		AdaptiveNode client = this.nodes.node(Scope.OS);
		MarkedMessages first = client.tracing().mark(Whole.class, 1);
		MarkedMessages second = client.tracing().mark(Part.class, 1);
		try (MessageStream stream = this.nodes.connect(client, Scope.OS, FRONT).newStream()) {
			stream.send(new Whole(1));
			stream.recv(Piece.class);
			stream.send(new Part(2));
			stream.recv(Pieced.class);
		}
		assertThat(told(take(client.tracing(), first.tokens(), 4).get(0))).containsExactly(
				"CLIENT_SEND traced/front Whole[number=1]", "HANDLER traced/front Whole[number=1]",
				"SERVER_SEND traced/front Piece[number=1]", "CLIENT_RECV traced/front Piece[number=1]");
		assertThat(told(take(client.tracing(), second.tokens(), 4).get(0))).containsExactly(
				"CLIENT_SEND traced/front Part[number=2]", "HANDLER traced/front Part[number=2]",
				"SERVER_SEND traced/front Pieced[number=2]", "CLIENT_RECV traced/front Pieced[number=2]");
	}

	@Test
	void aPublishersPostShowsWhatIsPushedToItsSubscribers() {
		AdaptiveNode server = this.nodes.node(Scope.OS);
		List<ContextStream> subscribers = new CopyOnWriteArrayList<>();
		server.newServer().publish(Service.named(FRONT).handle(Piece.class, (subscribe, stream) -> {
			subscribers.add(stream);
			return null;
		}).handle(Whole.class, (post) -> {
			subscribers.forEach((each) -> each.send(new Part(post.number())));
			return null;
		}));
		AdaptiveNode subscriber = this.nodes.node(Scope.OS);
		AdaptiveNode client = this.nodes.node(Scope.OS);
		MarkedMessages marked = client.tracing().mark(Whole.class, 1);
		try (MessageStream one = this.nodes.connect(subscriber, Scope.OS, FRONT).newStream();
				MessageStream other = this.nodes.connect(subscriber, Scope.OS, FRONT).newStream()) {
			one.send(new Piece(1));
			await().untilAsserted(() -> assertThat(subscribers).hasSize(1));
			other.send(new Piece(2));
			await().untilAsserted(() -> assertThat(subscribers).hasSize(2));
			this.nodes.connect(client, Scope.OS, FRONT).sendRecv(new Whole(3), Void.class);
			assertThat(one.recv(Part.class)).isEqualTo(new Part(3));
			assertThat(other.recv(Part.class)).isEqualTo(new Part(3));
		}
		await().atMost(Duration.ofSeconds(50))
			.untilAsserted(() -> assertThat(client.tracing().read(marked.tokens(), true)).singleElement()
				.satisfies((trace) -> assertThat(told(trace)).containsExactly(
						"CLIENT_SEND traced/front Whole[number=3]", "HANDLER traced/front Whole[number=3]",
						"SERVER_SEND traced/front Part[number=3]", "CLIENT_RECV traced/front Part[number=3]",
						"SERVER_SEND traced/front Part[number=3]", "CLIENT_RECV traced/front Part[number=3]",
						"SERVER_SEND traced/front ", "CLIENT_RECV traced/front ")));
	}

	@Test
	void aClientThatPublishesNothingNeverWaitsForACollector() {
		AdaptiveNode server = this.nodes.node(Scope.OS);
		server.newServer().publish(Service.named(FRONT).handle(Whole.class, (whole) -> new Wholed(1)));
		AdaptiveNode client = this.nodes.node(Scope.OS);
		Connection connection = this.nodes.connect(client, Scope.OS, FRONT);
		client.tracing().mark(Whole.class, 4000);
		for (int i = 0; i < 2000; i++) {
			connection.sendRecv(new Whole(i), Wholed.class);
		}
		await().atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(server.tracing().read("all", true)).hasSize(2000)
				.allSatisfy((each) -> assertThat(each.records()).hasSize(4)));
		assertThat(client.tracing().statistics().dropped()).isZero();
	}

	record Whole(int number) {
	}

	record Wholed(int number) {
	}

	record Piece(int number) {
	}

	record Pieced(int number) {
	}

	record Part(int number) {
	}

	record Parted(int number) {
	}

}
