package io.adaptive.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.PendingLimits;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Calls that wait for an instance, of callers that do not wait, are bounded.
 */
class WaitingCallTests {

	private static final ServiceName SERVICE = new ServiceName("test", "late");

	private static final int BOUND = 60;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private AdaptiveNode node(Scope scope) {
		return this.nodes.node(
				(builder) -> builder.linkSettings(LinkSettings.DEFAULT.withPending(new PendingLimits(BOUND, 1 << 20))),
				scope);
	}

	private static void publish(AdaptiveNode node) {
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(ask.number())));
	}

	private static void refused(CompletableFuture<?> call) {
		assertThat(call).isCompletedExceptionally();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(call::get)
			.satisfies((ex) -> assertThat(ex.getCause()).isInstanceOfSatisfying(AdaptiveException.class, (refusal) -> {
				assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
				assertThat(refusal.delivery()).isEqualTo(Delivery.NOT_SENT);
				assertThat(refusal).hasMessageStartingWith("60 calls wait for an instance of test/late, the limit is "
						+ "adaptive.link.max-pending-messages");
			}));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void callsThatWaitForAServiceAreRefusedBeyondTheBoundAndAnsweredBelowIt(Scope scope) throws Exception {
		AdaptiveNode server = node(scope);
		try (Connection connection = node(scope).newClient().lazy(SERVICE)) {
			List<CompletableFuture<Answer>> calls = new ArrayList<>();
			for (int i = 0; i < BOUND; i++) {
				calls.add((i % 2 == 0) ? connection.async().sendRecv(new Ask(i), Answer.class)
						: connection.reactive().sendRecv(new Ask(i), Answer.class).toFuture());
			}
			refused(connection.async().sendRecv(new Ask(-1), Answer.class));
			refused(connection.async().send(new Ask(-1)));
			refused(connection.async().recv(Answer.class));
			refused(connection.async().whenWritable());
			refused(connection.newStreamAsync(CallSettings.DEFAULT));
			refused(connection.reactive().sendRecv(new Ask(-1), Answer.class).toFuture());
			FutureTask<Answer> blocking = new FutureTask<>(() -> connection.sendRecv(new Ask(-2), Answer.class));
			new Thread(blocking).start();
			assertThat(calls.get(7).cancel(false)).isTrue();
			calls.set(7, connection.async().sendRecv(new Ask(7), Answer.class));
			refused(connection.async().sendRecv(new Ask(-1), Answer.class));
			publish(server);
			for (int i = 0; i < BOUND; i++) {
				assertThat(calls.get(i).get(50, TimeUnit.SECONDS).number()).isEqualTo(i);
			}
			assertThat(blocking.get(50, TimeUnit.SECONDS).number()).isEqualTo(-2);
			assertThat(connection.async().sendRecv(new Ask(3), Answer.class).get(50, TimeUnit.SECONDS).number())
				.as("nothing counts any more")
				.isEqualTo(3);
		}
	}

	/**
	 * Receives that are cancelled, calls whose time is up and calls that are cancelled
	 * leave nothing behind, though the search goes on.
	 */
	@Test
	void whatWaitsNoLongerLeavesNothingWithTheSearch() throws Exception {
		CurrentConnection current = new CurrentConnection(
				new ServiceTarget(((DiscoveringClient) node(Scope.PROCESS).newClient()).search(), SERVICE),
				new CompletableFuture<>(), ConnectionEvents.NOBODY);
		CompletableFuture<?> call = null;
		try (ReconnectingConnection connection = new ReconnectingConnection(current, CallSettings.DEFAULT)) {
			List<CompletableFuture<?>> late = new ArrayList<>();
			for (int round = 0; round < 200; round++) {
				assertThat(connection.async().recv(Answer.class).cancel(false)).isTrue();
				assertThat(connection.async().sendRecv(new Ask(1), Answer.class).cancel(false)).isTrue();
				if (late.size() < BOUND - 1) {
					late.add(connection.async()
						.sendRecv(new Ask(1), Answer.class, CallSettings.DEFAULT.timeout(Duration.ofMillis(50))));
				}
			}
			for (CompletableFuture<?> each : late) {
				each.handle((answer, error) -> error).get(50, TimeUnit.SECONDS);
				assertThat(each).isCompletedExceptionally();
			}
			await().until(() -> current.find().getNumberOfDependents() <= 2);
			for (int i = 0; i < BOUND; i++) {
				call = connection.async().sendRecv(new Ask(1), Answer.class);
				assertThat(call).isNotDone();
			}
			refused(connection.async().sendRecv(new Ask(1), Answer.class));
		}
		assertThat(call.handle((answer, error) -> error).get(50, TimeUnit.SECONDS)).isNotNull();
	}

	/**
	 * A publisher that asks before each message discovers as well.
	 */
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aConnectionThatDiscoversIsWritableOnceThereIsAnInstance(Scope scope) throws Exception {
		AdaptiveNode server = node(scope);
		Connection connection = node(scope).newClient().lazy(SERVICE);
		assertThat(connection.isWritable()).isFalse();
		CompletableFuture<?> told = connection.async().whenWritable();
		assertThat(told).isNotDone();
		publish(server);
		told.get(50, TimeUnit.SECONDS);
		assertThat(connection.isWritable()).isTrue();
		server.close();
		await().until(() -> !connection.isWritable());
		publish(node(scope));
		await().until(connection::isWritable);
		connection.close();
		assertThat(connection.isWritable()).isFalse();
		assertThat(connection.async().whenWritable().handle((reached, error) -> error).get(50, TimeUnit.SECONDS))
			.isNotNull();
	}

	record Ask(int number) {
	}

	record Answer(int number) {
	}

}
