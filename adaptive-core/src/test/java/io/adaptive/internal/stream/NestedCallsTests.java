package io.adaptive.internal.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.adaptive.fixture.TestNodes;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link NestedCalls}.
 */
class NestedCallsTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final ServiceName FIRST = new ServiceName("test", "first");

	private static final ServiceName NEXT = new ServiceName("test", "next");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@Test
	void eachCallIsCancelledOnceAndNoneThatIsOver() {
		List<String> cancelled = new ArrayList<>();
		NestedCalls calls = new NestedCalls();
		calls.add(() -> cancelled.add("first"));
		CallContext.Binding over = calls.add(() -> cancelled.add("over"));
		CallContext.Binding last = calls.add(() -> cancelled.add("last"));
		over.close();
		over.close();
		assertThat(calls.count()).isEqualTo(2);
		calls.cancel();
		calls.cancel();
		last.close();
		assertThat(cancelled).containsExactly("first", "last");
		assertThat(calls.count()).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void callsThatAreOverStayWithNoHandler(Scope scope) {
		CountDownLatch goOn = new CountDownLatch(1);
		AdaptiveNode last = this.nodes.node(scope);
		last.newServer().publish(Service.named(NEXT).handle(Text.class, (text) -> text).handle(Hold.class, (hold) -> {
			goOn.await();
			return new Text("late");
		}));
		AdaptiveNode server = this.nodes.node(scope);
		Connection next = this.nodes.connect(server, scope, NEXT);
		CompletableFuture<Integer> left = new CompletableFuture<>();
		server.newServer().publish(Service.named(FIRST).handle(Text.class, (ask) -> {
			for (int i = 0; i < 300; i++) {
				next.sendRecv(ask, Text.class);
				next.async().sendRecv(ask, Text.class).join();
				next.reactive().sendRecv(ask, Text.class).block();
				next.send(ask);
			}
			next.async().sendRecv(new Hold(), Text.class).cancel(false);
			CallSettings impatient = CallSettings.DEFAULT.timeout(Duration.ofMillis(1));
			// In PROCESS scope a blocking call waits for the handler.
			assertThat(catchThrowable(() -> next.async().sendRecv(new Hold(), Text.class, impatient).get()))
				.hasCauseInstanceOf(ReceiveTimeoutException.class);
			left.complete(Objects.requireNonNull(PropagatedContext.current()).nestedCalls());
			return ask;
		}));
		Connection connection = this.nodes.connect(this.nodes.node(scope), scope, FIRST);
		assertThat(connection.async().sendRecv(new Text("a"), Text.class)).succeedsWithin(LONG);
		assertThat(left).succeedsWithin(LONG).isEqualTo(0);
		goOn.countDown();
	}

	record Text(String text) {
	}

	record Hold() {
	}

}
