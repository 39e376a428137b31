package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.StreamResetException;
import io.adaptive.server.Service;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Which events of a traced message and of what it causes are recorded, with which hops.
 */
class TracedMessageTests {

	private static final ServiceName SERVICE = new ServiceName("test", "traced");

	private static final ServiceName NEXT = new ServiceName("test", "next");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	final TestNodes nodes = new TestNodes();

	private AdaptiveNode server;

	private AdaptiveNode client;

	private Connection connect(Scope scope, Service service) {
		// What listens only is not found, and so is not asked for what it recorded.
		this.server = (scope == Scope.LAN) ? this.nodes.node(scope, Scope.OS) : this.nodes.node(scope);
		this.server.newServer().publish(service);
		this.client = this.nodes.node((scope == Scope.LAN) ? Scope.OS : scope);
		return this.nodes.connect(this.client, scope, service.name());
	}

	private static Service service() {
		return Service.named(SERVICE);
	}

	private Connection next() {
		this.server.newServer()
			.publish(Service.named(NEXT).handle(Question.class, (question) -> new Answer(question.number() + 1)));
		return this.server.newClient().discover(NEXT);
	}

	/**
	 * Reads a trace when as much is recorded as is to come.
	 */
	private List<TraceRecord> read(MarkedMessages marked, int events) {
		List<TraceRecord> records = new CopyOnWriteArrayList<>();
		await().untilAsserted(() -> {
			records.clear();
			this.client.tracing().read(marked.tokens(), true).forEach((trace) -> records.addAll(trace.records()));
			assertThat(records.stream().map(TracedMessageTests::told)).hasSize(events);
		});
		return records;
	}

	private static String told(TraceRecord each) {
		return "%s %s".formatted(each.event(), each.text());
	}

	private static Set<Long> hops(List<TraceRecord> records) {
		return records.stream().map(TraceRecord::hop).collect(Collectors.toSet());
	}

	private static long hop(List<TraceRecord> records, TraceEvent event, String text) {
		return one(records, event, text).hop();
	}

	private static TraceRecord one(List<TraceRecord> records, TraceEvent event, String text) {
		List<TraceRecord> found = records.stream()
			.filter((each) -> each.event() == event && each.text().contains(text))
			.toList();
		assertThat(found).as("%s %s in %s", event, text, records).hasSize(1);
		return found.get(0);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aCallAndItsAnswerAreOneHop(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> new Answer(ask.number())));
		MarkedMessages marked = this.client.tracing().mark(Ask.class, 1);
		connection.async().sendRecv(new Ask(7), Answer.class).join();
		List<TraceRecord> records = read(marked, 4);
		assertThat(records).map(TracedMessageTests::told)
			.containsExactly("CLIENT_SEND Ask[number=7]", "HANDLER Ask[number=7]", "SERVER_SEND Answer[number=7]",
					"CLIENT_RECV Answer[number=7]");
		assertThat(hops(records)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void chainsOfFuturesAndPublishersStayInTheTrace(Scope scope) {
		AtomicReference<Connection> next = new AtomicReference<>();
		Connection connection = connect(scope,
				service().handle(Ask.class, (ask) -> Mono.fromFuture(() -> next.get()
					.async()
					.sendRecv(new Question(1), Answer.class)
					.thenCompose((first) -> next.get().async().sendRecv(new Question(first.number()), Answer.class)))
					.delayElement(Duration.ofMillis(5))
					.flatMap((second) -> next.get().reactive().sendRecv(new Question(second.number()), Answer.class))));
		next.set(next());
		MarkedMessages marked = this.client.tracing().mark(Ask.class, 1);
		connection.sendRecv(new Ask(7), Answer.class);
		List<TraceRecord> records = read(marked, 16);
		assertThat(hops(records)).hasSize(4);
		long hop = hop(records, TraceEvent.HANDLER, "Ask");
		assertThat(records).filteredOn((each) -> each.event() == TraceEvent.CLIENT_SEND && each.hop() != hop)
			.hasSize(3)
			.allMatch((each) -> each.parentHop() == hop);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aStreamOfRepliesKeepsTheHopOfItsMessage(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class,
				(ask) -> Flux.range(0, 2).map(Answer::new).delayElements(Duration.ofMillis(5))));
		MarkedMessages marked = this.client.tracing().mark(Ask.class, 1);
		try (MessageStream stream = connection.newStream()) {
			stream.send(new Ask(7));
			stream.reactive().recvAll(Answer.class).collectList().block(LONG);
		}
		List<TraceRecord> records = read(marked, 6);
		assertThat(hops(records)).hasSize(1);
		assertThat(records).map(TracedMessageTests::told)
			.contains("SERVER_SEND Answer[number=0]", "CLIENT_RECV Answer[number=0]", "SERVER_SEND Answer[number=1]",
					"CLIENT_RECV Answer[number=1]");
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whatIsPushedToSubscribersBelongsToTheMessageThatCausedIt(Scope scope) {
		List<ContextStream> subscribers = new CopyOnWriteArrayList<>();
		Connection connection = connect(scope, service().handle(Question.class, (question, stream) -> {
			subscribers.add(stream);
			return null;
		}).handle(Ask.class, (ask) -> {
			subscribers.forEach((subscriber) -> subscriber.send(new Answer(ask.number())));
			return new Answer(0);
		}));
		try (MessageStream subscriber = connection.newStream()) {
			subscriber.send(new Question(0));
			await().until(() -> !subscribers.isEmpty());
			connection.sendRecv(new Ask(6), Answer.class);
			assertThat(subscriber.recv(Answer.class)).isEqualTo(new Answer(6));
			MarkedMessages marked = this.client.tracing().mark(Ask.class, 1);
			connection.sendRecv(new Ask(7), Answer.class);
			assertThat(subscriber.recv(Answer.class)).isEqualTo(new Answer(7));
			List<TraceRecord> records = read(marked, 6);
			TraceRecord push = one(records, TraceEvent.SERVER_SEND, "number=7");
			assertThat(push.parentHop()).isEqualTo(hop(records, TraceEvent.HANDLER, "Ask"));
			assertThat(push.hop()).isNotEqualTo(push.parentHop())
				.isEqualTo(hop(records, TraceEvent.CLIENT_RECV, "number=7"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whatAConversationTakesIsWhatItHandlesFromThenOn(Scope scope) {
		AtomicReference<Connection> next = new AtomicReference<>();
		Connection connection = connect(scope, service().handle(Question.class, (question, stream) -> {
			for (int i = 0; i < 2; i++) {
				int number = stream.recv(Ask.class).number();
				Answer answer = next.get().sendRecv(new Question(number), Answer.class);
				stream.send(answer);
			}
			return null;
		}));
		next.set(next());
		try (MessageStream stream = connection.newStream()) {
			stream.send(new Question(0));
			MarkedMessages marked = this.client.tracing().mark(Ask.class, 1);
			stream.send(new Ask(7));
			stream.recv(Answer.class);
			stream.send(new Ask(17));
			stream.recv(Answer.class);
			List<TraceRecord> records = read(marked, 8);
			assertThat(one(records, TraceEvent.CLIENT_SEND, "Question").parentHop())
				.isEqualTo(hop(records, TraceEvent.HANDLER, "Ask"));
			assertThat(records).noneMatch((each) -> each.text().contains("17"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whatAReactiveConversationTakesIsWhatItHandlesFromThenOn(Scope scope) {
		AtomicReference<Connection> next = new AtomicReference<>();
		Connection connection = connect(scope,
				service().handle(Question.class,
						(question, stream) -> stream.reactive()
							.recv(Ask.class)
							.publishOn(Schedulers.parallel())
							.flatMap((ask) -> next.get().reactive().sendRecv(new Question(ask.number()), Answer.class))
							.flatMap((answer) -> stream.reactive().send(answer))));
		next.set(next());
		try (MessageStream stream = connection.newStream()) {
			stream.send(new Question(0));
			MarkedMessages marked = this.client.tracing().mark(Ask.class, 1);
			stream.send(new Ask(7));
			assertThat(stream.recv(Answer.class)).isEqualTo(new Answer(8));
			List<TraceRecord> records = read(marked, 8);
			assertThat(one(records, TraceEvent.CLIENT_SEND, "Question").parentHop())
				.isEqualTo(hop(records, TraceEvent.HANDLER, "Ask"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aPushThatCannotBeSentIsNotRecorded(Scope scope) {
		AtomicReference<ContextStream> subscriber = new AtomicReference<>();
		Connection connection = connect(scope, service().handle(Question.class, (question, stream) -> {
			subscriber.set(stream);
			return null;
		}).handle(Ask.class, (ask) -> {
			try {
				subscriber.get().send(new Answer(100));
				return new Answer(0);
			}
			catch (StreamResetException ex) {
				return new Answer(1);
			}
		}));
		try (MessageStream stream = connection.newStream()) {
			stream.send(new Question(0));
			await().until(() -> subscriber.get() != null);
		}
		await().until(() -> connection.sendRecv(new Ask(6), Answer.class).number() == 1);
		MarkedMessages marked = this.client.tracing().mark(Ask.class, 1);
		connection.sendRecv(new Ask(7), Answer.class);
		assertThat(read(marked, 4)).noneMatch((each) -> each.text().contains("100"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aCallThatIsSentAgainStaysInTheTraceOfItsFirstAttempt(Scope scope) {
		AtomicInteger attempts = new AtomicInteger();
		connect(scope, service().handle(Ask.class, (ask) -> {
			if (attempts.incrementAndGet() % 2 == 1) {
				throw new AdaptiveException(ErrorCode.UNAVAILABLE, "not now");
			}
			return new Answer(ask.number());
		}));
		Connection reconnecting = this.client.newClient().lazy(SERVICE);
		CallSettings settings = CallSettings.DEFAULT.asIdempotent();
		MarkedMessages marked = this.client.tracing().mark(Ask.class, 2);
		reconnecting.sendRecv(new Ask(7), Answer.class, settings);
		reconnecting.async().sendRecv(new Ask(8), Answer.class, settings).join();
		assertThat(attempts).hasValue(4);
		List<TraceRecord> records = read(marked, 16);
		for (int sequence = 0; sequence < 2; sequence++) {
			int number = sequence;
			List<TraceRecord> call = records.stream().filter((each) -> each.token().sequence() == number).toList();
			assertThat(call).hasSize(8).allMatch((each) -> each.parentHop() == 0);
			assertThat(hops(call)).hasSize(2);
			assertThat(call).filteredOn((each) -> each.event() == TraceEvent.CLIENT_SEND)
				.hasSize(2)
				.allMatch((each) -> each.text().equals("Ask[number=%d]".formatted(7 + number)));
		}
	}

	@SlowTest
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whatIsRefusedAndWhatIsLateIsRecordedToo(Scope scope) {
		CompletableFuture<Answer> never = new CompletableFuture<>();
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> never));
		this.client.tracing().mark(Question.class, 1);
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new Question(1), Answer.class));
		MarkedMessages late = this.client.tracing().mark(Ask.class, 1);
		assertThatExceptionOfType(ReceiveTimeoutException.class)
			.isThrownBy(() -> connection.sendRecv(new Ask(1), Answer.class,
					CallSettings.DEFAULT.timeout(Duration.ofSeconds(2))))
			.satisfies((ex) -> assertThat(ex.traceTag()).isNotNull());
		await().until(never::isCancelled);
		assertThat(read(late, 3)).extracting(TraceRecord::event)
			.containsExactly(TraceEvent.CLIENT_SEND, TraceEvent.HANDLER, TraceEvent.CLIENT_RECV);
	}

	@Test
	void whatIsRefusedIsRecordedAtBothEnds() {
		Connection connection = connect(Scope.OS, service().handle(Ask.class, (ask) -> new Answer(0)));
		MarkedMessages marked = this.client.tracing().mark(Question.class, 1);
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new Question(1), Answer.class));
		List<TraceRecord> records = read(marked, 3);
		assertThat(records).extracting(TraceRecord::event)
			.containsExactly(TraceEvent.CLIENT_SEND, TraceEvent.SERVER_SEND, TraceEvent.CLIENT_RECV);
		assertThat(records.get(1).text()).contains("UNIMPLEMENTED");
	}

	record Ask(int number) {
	}

	record Question(int number) {
	}

	record Answer(int number) {
	}

}
