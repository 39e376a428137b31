package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hook of a stream's opening that waits holds up that stream alone, also where handlers
 * run on event loops or on the threads of their callers.
 */
@Timeout(120)
class StreamOpeningTests {

	private static final ServiceName SLOW = new ServiceName("test", "slow");

	private static final ServiceName OTHER = new ServiceName("test", "other");

	private static final Duration LONG = Duration.ofSeconds(50);

	/** More than event loops, so that some share the loop of the waiting stream. */
	private static final int OTHER_CONNECTIONS = 2 * Runtime.getRuntime().availableProcessors() + 1;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private static Service nonBlocking(ServiceName name) {
		return Service.named(name)
			.handle(Ask.class, (ask) -> ask)
			.options(Ask.class, HandlerOptions.DEFAULT.asNonBlocking());
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void anOpeningHookThatWaitsHoldsUpItsOwnStreamAlone(Scope scope) {
		CountDownLatch opened = new CountDownLatch(1);
		AdaptiveNode server = server(scope);
		server.newServer().publish(nonBlocking(OTHER));
		server.newServer().publish(nonBlocking(SLOW).onStreamOpen((stream) -> await(opened)));
		AdaptiveNode client = this.nodes.node(scope(scope));
		List<Connection> others = IntStream.range(0, OTHER_CONNECTIONS)
			.mapToObj((i) -> this.nodes.connect(client, scope, OTHER))
			.toList();
		Connection slow = this.nodes.connect(client, scope, SLOW);
		MessageStream opening = slow.newStream();
		CompletableFuture<Ask> waiting = opening.async().sendRecv(new Ask(1), Ask.class);
		CompletableFuture<Ask> next = opening.async().sendRecv(new Ask(3), Ask.class);
		others.forEach((other) -> assertThat(call(other)).isEqualTo(new Ask(2)));
		assertThat(waiting).isNotDone();
		assertThat(next).isNotDone();
		opened.countDown();
		assertThat(waiting).succeedsWithin(LONG).isEqualTo(new Ask(1));
		assertThat(next).succeedsWithin(LONG).isEqualTo(new Ask(3));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void anOpeningHookMayCallAnotherService(Scope scope) {
		AdaptiveNode server = server(scope);
		server.newServer().publish(nonBlocking(OTHER));
		AdaptiveNode client = this.nodes.node(scope(scope));
		Connection other = this.nodes.connect(client, scope, OTHER);
		server.newServer().publish(nonBlocking(SLOW).onStreamOpen((stream) -> stream.set(call(other))));
		Connection slow = this.nodes.connect(client, scope, SLOW);
		for (int i = 0; i < 20; i++) {
			assertThat(slow.newStream().sendRecv(new Ask(i), Ask.class, CallSettings.DEFAULT.timeout(LONG)))
				.isEqualTo(new Ask(i));
		}
	}

	private AdaptiveNode server(Scope scope) {
		return (scope == Scope.LAN) ? this.nodes.node((builder) -> builder.listen(0), Scope.OS)
				: this.nodes.node(scope(scope));
	}

	/**
	 * A node that is reached at its address needs no LAN.
	 */
	private static Scope scope(Scope scope) {
		return (scope == Scope.LAN) ? Scope.OS : scope;
	}

	private static Ask call(Connection connection) {
		return connection.sendRecv(new Ask(2), Ask.class, CallSettings.DEFAULT.timeout(LONG));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	record Ask(int number) {
	}

}
