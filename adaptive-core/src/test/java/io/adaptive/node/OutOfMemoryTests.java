package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.adaptive.fixture.OwnThread;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A handler that runs out of memory costs its connection, and no event loop.
 */
@Timeout(120)
class OutOfMemoryTests {

	private static final ServiceName SERVICE = new ServiceName("test", "large");

	private static final Duration LONG = Duration.ofSeconds(50);

	/** More than event loops, so that some share the loop of the one that ends. */
	private static final int OTHER_CONNECTIONS = 2 * Runtime.getRuntime().availableProcessors() + 1;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	static Stream<Arguments> everyKindAndScope() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Stream.of(Kind.values()).map((kind) -> Arguments.of(scope, kind)));
	}

	@ParameterizedTest
	@MethodSource("everyKindAndScope")
	void theCallIsAnsweredAndItsConnectionEnds(Scope scope, Kind kind) {
		this.nodes.node(scope).newServer().publish(kind.service(Service.named(SERVICE)));
		AdaptiveNode client = this.nodes.node(scope);
		List<Connection> others = IntStream.range(0, OTHER_CONNECTIONS)
			.mapToObj((i) -> this.nodes.connect(client, scope, SERVICE))
			.toList();
		Connection connection = this.nodes.connect(client, scope, SERVICE);
		for (int i = 0; i < 2; i++) {
			// From the second on, an event loop handles what does not block.
			assertThat(call(connection, false)).isEqualTo(new Ask(false));
		}
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> call(connection, true))
			.withMessageContaining("expected by the test");
		Awaitility.await().atMost(LONG).until(() -> !connection.isOpen());
		others.forEach((other) -> assertThat(call(other, false)).isEqualTo(new Ask(false)));
		assertThat(call(this.nodes.connect(client, scope, SERVICE), false)).isEqualTo(new Ask(false));
	}

	private static Ask call(Connection connection, boolean tooLarge) {
		return connection.sendRecv(new Ask(tooLarge), Ask.class, CallSettings.DEFAULT.timeout(LONG));
	}

	private static Ask handle(Ask ask) {
		if (ask.tooLarge()) {
			throw new OutOfMemoryError("expected by the test");
		}
		return ask;
	}

	enum Kind {

		BLOCKING {
			@Override
			Service service(Service service) {
				return service.handle(Ask.class, OutOfMemoryTests::handle);
			}
		},

		NON_BLOCKING {
			@Override
			Service service(Service service) {
				return BLOCKING.service(service).options(Ask.class, HandlerOptions.DEFAULT.asNonBlocking());
			}
		},

		LATER {
			@Override
			Service service(Service service) {
				return service.handle(Ask.class,
						(ask) -> CompletableFuture.supplyAsync(() -> OutOfMemoryTests.handle(ask), OwnThread.EXECUTOR));
			}
		};

		abstract Service service(Service service);

	}

	record Ask(boolean tooLarge) {
	}

}
