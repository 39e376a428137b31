package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.ConnectionListener;
import io.adaptive.fixture.OwnThread;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageTypeMismatchException;
import io.adaptive.message.Priority;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Calls that are treated otherwise than usual.
 */
@Timeout(60)
class CallSettingsTests {

	private static final ServiceName SERVICE = new ServiceName("test", "settings");

	private static final Duration SHORT = Duration.ofMillis(200);

	private static final Duration LONG = Duration.ofSeconds(50);

	/** More messages than there is ever credit for. */
	private static final int FLOOD = 1_000_000;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private AdaptiveClient client() {
		return this.nodes.node(Scope.OS).newClient();
	}

	private AdaptiveNode publish(Service service) {
		AdaptiveNode node = this.nodes.node((builder) -> builder.drainTimeout(Duration.ZERO), Scope.OS);
		node.newServer().publish(service);
		return node;
	}

	@Test
	void aTimeoutIsNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> CallSettings.DEFAULT.timeout(SHORT.negated()));
	}

	@Test
	void whatIsNotSaidIsAsTheDefaultsSay() {
		CallSettings defaults = CallSettings.DEFAULT.timeout(LONG).priority(Priority.LOW);
		assertThat(CallSettings.DEFAULT.timeout(SHORT).asIdempotent().orElse(defaults))
			.isEqualTo(new CallSettings(SHORT, Priority.LOW, true, false, false));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theTimeoutCoversWaitingForTheService(boolean async) {
		Connection connection = client().lazy(SERVICE);
		assertFails(ServiceNotFoundException.class, "not found in scope OS within",
				call(connection, async, CallSettings.DEFAULT.timeout(SHORT)));
	}

	@Test
	void theTimeoutCoversWaitingForAServiceThatSomebodyElseWaitsFor() {
		Connection connection = client().lazy(SERVICE);
		CompletableFuture<Answer> patient = call(connection, false, CallSettings.DEFAULT);
		assertFails(ServiceNotFoundException.class, "not found in scope OS within",
				call(connection, false, CallSettings.DEFAULT.timeout(SHORT)));
		publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(1)));
		assertThat(patient).succeedsWithin(LONG).isEqualTo(new Answer(1));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theTimeoutCoversTheAnswer(boolean async) {
		publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new CompletableFuture<Answer>()));
		Connection connection = client().calls(CallSettings.DEFAULT.timeout(SHORT)).lazy(SERVICE);
		// Or the search may take all of it.
		connection.send(new Ask(0), CallSettings.DEFAULT.timeout(LONG));
		assertFails(ReceiveTimeoutException.class, "No answer within", call(connection, async, CallSettings.DEFAULT));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void theTimeoutCoversWaitingForCredit(boolean async) {
		publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new CompletableFuture<Answer>()));
		Connection connection = client().lazy(SERVICE);
		connection.send(new Ask(0));
		CallSettings limited = CallSettings.DEFAULT.timeout(SHORT);
		CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < FLOOD; i++) {
				if (async) {
					connection.async().send(new Ask(i), limited).join();
				}
				else {
					connection.send(new Ask(i), limited);
				}
			}
		}, OwnThread.EXECUTOR);
		assertThat(flood).failsWithin(LONG)
			.withThrowableOfType(ExecutionException.class)
			.havingCause()
			.isInstanceOfSatisfying(AdaptiveException.class, (ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
				assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT);
			})
			.withMessageContaining("credit");
	}

	@Test
	void aHandlerWaitsNoLongerForAServiceThanItsCaller() {
		Connection connection = client().lazy(SERVICE);
		CallContext.Binding bound = PropagatedContext.bind(new PropagatedContext(System.nanoTime() + SHORT.toNanos()));
		try {
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> connection.sendRecv(new Ask(1), Answer.class));
		}
		finally {
			bound.close();
		}
	}

	@Test
	void aShortTimeoutOfOneCallIsNotThatOfOthers() {
		Connection connection = client().calls(CallSettings.DEFAULT.timeout(SHORT)).lazy(SERVICE);
		CompletableFuture<Answer> unlimited = call(connection, true, CallSettings.DEFAULT.timeout(Duration.ZERO));
		assertFails(ServiceNotFoundException.class, "", call(connection, true, CallSettings.DEFAULT));
		publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(1)));
		assertThat(unlimited).succeedsWithin(LONG).isEqualTo(new Answer(1));
	}

	@Test
	void openingAStreamWaitsNoLongerThanItMay() {
		Connection connection = client().lazy(SERVICE);
		assertFails(ServiceNotFoundException.class, "not found in scope OS within",
				connection.newStreamAsync(CallSettings.DEFAULT.timeout(SHORT)));
		CompletableFuture<MessageStream> opened = connection.newStreamAsync(CallSettings.DEFAULT);
		publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(1)));
		assertThat(opened).succeedsWithin(LONG)
			.satisfies((stream) -> assertThat(stream.sendRecv(new Ask(1), Answer.class)).isEqualTo(new Answer(1)));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aCallThatIsSaidToBeIdempotentIsSentAgain(boolean async) throws InterruptedException {
		CountDownLatch handled = new CountDownLatch(1);
		AdaptiveNode first = publish(Service.named(SERVICE).handle(Ask.class, (ask) -> {
			handled.countDown();
			return new CompletableFuture<Answer>();
		}));
		CompletableFuture<Answer> call = call(client().lazy(SERVICE), async, CallSettings.DEFAULT.asIdempotent());
		assertThat(handled.await(50, TimeUnit.SECONDS)).isTrue();
		publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(2)));
		first.close();
		assertThat(call).succeedsWithin(LONG).isEqualTo(new Answer(2));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aHandlerThatReturnsNothingGivesNullWhereThatIsAllowed(boolean async) {
		publish(Service.named(SERVICE).handle(Ask.class, (ask) -> null));
		Connection connection = client().lazy(SERVICE);
		assertThat(call(connection, async, CallSettings.DEFAULT.allowEmpty())).succeedsWithin(LONG).isNull();
		assertFails(MessageTypeMismatchException.class, "the handler returned nothing",
				call(connection, async, CallSettings.DEFAULT));
	}

	@Test
	void aHandlerWithoutAPriorityFollowsItsCallers() throws InterruptedException {
		Queue<String> order = new ConcurrentLinkedQueue<>();
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		AdaptiveNode node = this.nodes.node((builder) -> builder.scaleFactors(new ScaleFactors(1, 128, -1, 0)),
				Scope.OS);
		node.newServer().publish(Service.named(SERVICE).handle(Block.class, (block) -> {
			busy.countDown();
			go.await(50, TimeUnit.SECONDS);
			return new Answer(0);
		}).handle(Ask.class, (ask) -> {
			order.add("ask " + ask.number());
			return new Answer(ask.number());
		}).handle(Decided.class, (decided) -> {
			order.add("decided");
			return new Answer(0);
		}).options(Decided.class, HandlerOptions.DEFAULT.priority(Priority.LOW)));
		Connection connection = client().lazy(SERVICE);
		CompletableFuture<Answer> blocked = connection.async().sendRecv(new Block(), Answer.class);
		assertThat(busy.await(50, TimeUnit.SECONDS)).isTrue();
		List<CompletableFuture<Answer>> calls = List.of(
				connection.async().sendRecv(new Decided(), Answer.class, CallSettings.DEFAULT.priority(Priority.HIGH)),
				connection.async().sendRecv(new Ask(1), Answer.class, CallSettings.DEFAULT.priority(Priority.LOW)),
				connection.async().sendRecv(new Ask(2), Answer.class),
				connection.async().sendRecv(new Ask(3), Answer.class, CallSettings.DEFAULT.priority(Priority.HIGH)));
		Awaitility.await().until(() -> node.workers().queued() == 4);
		go.countDown();
		calls.forEach((call) -> assertThat(call).succeedsWithin(LONG));
		assertThat(blocked).succeedsWithin(LONG);
		assertThat(order).containsExactly("ask 3", "ask 2", "decided", "ask 1");
	}

	@Test
	void onlyTheWantedScopesAreSearched() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS, Scope.OS);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(1)).scopes(Scope.OS));
		AdaptiveClient client = node.newClient().discoverTimeout(Duration.ZERO);
		assertThat(client.scopes(Scope.OS).discover(SERVICE).info().scope()).isEqualTo(Scope.OS);
		assertThatExceptionOfType(ServiceNotFoundException.class)
			.isThrownBy(() -> client.scopes(Scope.PROCESS).discover(SERVICE))
			.withMessageContaining("not found in scope PROCESS within");
		assertThatIllegalStateException().isThrownBy(() -> client.scopes(Scope.LAN).discover(SERVICE))
			.withMessageContaining("wanted in scope [LAN] only, but this node searches [PROCESS, OS]");
	}

	@Test
	void aConnectionToOneInstanceLeadsToNoOther() {
		AdaptiveNode first = publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(1)));
		AdaptiveClient client = client();
		ServiceInstance instance = client.list(ServicePattern.of(SERVICE)).get(0);
		publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(2)));
		Connection connection = client.lazy(instance, new ConnectionListener() {
		});
		assertThat(connection.sendRecv(new Ask(0), Answer.class)).isEqualTo(new Answer(1));
		first.close();
		assertFails(Exception.class, "", call(connection, false, CallSettings.DEFAULT));
		assertFails(Exception.class, "", call(connection, true, CallSettings.DEFAULT));
	}

	private static CompletableFuture<Answer> call(Connection connection, boolean async, CallSettings settings) {
		return async ? connection.async().sendRecv(new Ask(0), Answer.class, settings) : CompletableFuture
			.supplyAsync(() -> connection.sendRecv(new Ask(0), Answer.class, settings), OwnThread.EXECUTOR);
	}

	private static void assertFails(Class<? extends Throwable> type, String message, CompletableFuture<?> call) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> call.get(50, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOf(type)
			.withMessageContaining(message);
	}

	record Ask(int number) {
	}

	record Decided() {
	}

	record Block() {
	}

	record Answer(int number) {
	}

}
