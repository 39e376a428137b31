package io.adaptive.node;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.adaptive.fixture.CompiledSource;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A non-blocking handler runs on an event loop, and the code for its message and for its
 * reply is generated and compiled elsewhere.
 */
@Timeout(120)
class CodecOnEventLoopTests {

	private static final ServiceName SERVICE = new ServiceName("test", "inline");

	/** Each costs a compilation of its own. */
	private static final int TYPES = 3;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	/** Where the handlers ran. */
	private final Queue<String> threads = new ConcurrentLinkedQueue<>();

	static Stream<Arguments> declarations() {
		return Stream.of(Arguments.of(Scope.OS, "int value"),
				Arguments.of(Scope.LAN, "int value, java.lang.String added"));
	}

	@ParameterizedTest
	@MethodSource("declarations")
	void noCodeIsMadeOnAnEventLoop(Scope scope, String clientFields) throws Exception {
		CompiledSource server = source("int value");
		CompiledSource client = source(clientFields);
		boolean tcp = scope == Scope.LAN;
		AdaptiveNode node = this.nodes.node((builder) -> tcp ? builder.listen(0) : builder, Scope.OS);
		Service service = Service.named(SERVICE);
		for (int i = 0; i < TYPES; i++) {
			service = nonBlocking(service, server.type("Ask" + i), server.type("Reply" + i));
		}
		node.newServer().publish(service);
		Connection connection = this.nodes.connect(this.nodes.node(Scope.OS), scope, SERVICE);
		try (EventLoopSamples samples = new EventLoopSamples()) {
			for (int i = 0; i < TYPES; i++) {
				for (int call = 0; call < 3; call++) {
					connection.sendRecv(make(client.type("Ask" + i), call), client.type("Reply" + i));
				}
			}
			assertThat(samples.compiling).isEmpty();
			assertThat(samples.taken).isTrue();
		}
		List<String> handledBy = List.copyOf(this.threads);
		assertThat(handledBy).hasSize(3 * TYPES).anyMatch((name) -> name.startsWith("adaptive-io"));
		for (int i = 0; tcp && i < TYPES; i++) {
			assertThat(handledBy.get(3 * i)).as("the first of another declaration").startsWith("adaptive-worker");
		}
	}

	private <M> Service nonBlocking(Service service, Class<M> ask, Class<?> reply) {
		return service.handle(ask, (message) -> {
			this.threads.add(Thread.currentThread().getName());
			return make(reply, 1);
		}).options(ask, HandlerOptions.DEFAULT.asNonBlocking());
	}

	private static CompiledSource source(String fields) {
		StringBuilder members = new StringBuilder();
		for (int i = 0; i < TYPES; i++) {
			members
				.append("public record Ask%d(%s) { } public record Reply%d(%s) { } ".formatted(i, fields, i, fields));
		}
		return CompiledSource.of(members.toString());
	}

	private static Object make(Class<?> type, int value) {
		try {
			Constructor<?> constructor = type.getDeclaredConstructors()[0];
			return (constructor.getParameterCount() == 1) ? constructor.newInstance(value)
					: constructor.newInstance(value, "added");
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Looks at what event loops do, all the time.
	 */
	private static final class EventLoopSamples implements AutoCloseable {

		private final Queue<String> compiling = new ConcurrentLinkedQueue<>();

		private final AtomicBoolean taken = new AtomicBoolean();

		private volatile boolean closed;

		private final Thread sampler = new Thread(this::run, "sampler");

		EventLoopSamples() {
			this.sampler.setDaemon(true);
			this.sampler.start();
		}

		private void run() {
			while (!this.closed) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
				for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
					if (each.getKey().getName().startsWith("adaptive-io")) {
						this.taken.set(true);
						Stream.of(each.getValue())
							.filter((frame) -> frame.getClassName().startsWith("org.codehaus.")
									|| frame.getClassName().startsWith("org.apache.fory.codegen")
									|| frame.getClassName().startsWith("org.apache.fory.builder"))
							.findFirst()
							.ifPresent((frame) -> this.compiling.add(each.getKey().getName() + ": " + frame));
					}
				}
			}
		}

		@Override
		public void close() {
			this.closed = true;
			try {
				this.sampler.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
