package io.adaptive.boot.autoconfigure;

import java.util.function.Consumer;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.CallerContext;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import io.adaptive.transport.ProcessSpace;
import io.micrometer.context.ContextRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadContext}, as handlers see it.
 */
class ThreadContextTests {

	private static final String KEY = "user";

	private final ThreadLocal<@Nullable String> user = new ThreadLocal<>();

	private final ContextRegistry registry = new ContextRegistry().registerThreadLocalAccessor(KEY, this.user);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class)
		.withBean(CallerContext.class, () -> new ThreadContext(this.registry))
		.withBean(Asking.class, () -> new Asking(this.user));

	@AfterEach
	void forget() {
		this.user.remove();
		MDC.clear();
		if (TransactionSynchronizationManager.isSynchronizationActive()) {
			TransactionSynchronizationManager.clearSynchronization();
		}
	}

	@Test
	void handlerSeesRegisteredThreadLocalsAndTheLoggingContext() {
		run((connection) -> {
			this.user.set("alice");
			MDC.put("request", "42");
			assertThat(connection.sendRecv(new Ask(), Seen.class)).extracting(Seen::user, Seen::request)
				.containsExactly("alice", "42");
			this.user.remove();
			MDC.clear();
			assertThat(connection.sendRecv(new Ask(), Seen.class)).extracting(Seen::user, Seen::request)
				.containsExactly("null", "null");
		});
	}

	@Test
	void asynchronousCallTakesThemFromTheThreadThatBeginsIt() {
		run((connection) -> {
			connection.sendRecv(new Ask(), Seen.class);
			this.user.set("alice");
			assertThat(connection.async().sendRecv(new Ask(), Seen.class).join().user()).isEqualTo("alice");
		});
	}

	@Test
	void handlerOnTheThreadOfItsCallerCannotChangeThem() {
		run((connection) -> {
			this.user.set("alice");
			MDC.put("request", "42");
			assertThat(connection.sendRecv(new Change(), Seen.class).thread())
				.isEqualTo(Thread.currentThread().toString());
			assertThat(this.user.get()).isEqualTo("alice");
			assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("request");
		});
	}

	@Test
	void handlerStaysOutOfTheTransactionOfItsCaller() {
		run((connection) -> {
			TransactionSynchronizationManager.initSynchronization();
			Seen seen = connection.sendRecv(new Change(), Seen.class);
			assertThat(seen.inTransaction()).isFalse();
			assertThat(seen.thread()).isNotEqualTo(Thread.currentThread().toString());
		});
	}

	@Test
	void whereThereIsNothingNothingIsTaken() {
		assertThat(new ThreadContext(this.registry).capture()).isNull();
	}

	@Test
	void applicationWithTheLibraryTakesThemByDefault() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=process")
			.run((context) -> assertThat(context).hasSingleBean(ThreadContext.class));
	}

	@Test
	void applicationWithoutTheLibraryTakesNothing() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(ContextRegistry.class))
			.withPropertyValues("adaptive.scopes=process")
			.run((context) -> assertThat(context).hasSingleBean(AdaptiveNode.class)
				.doesNotHaveBean(CallerContext.class));
	}

	private void run(Consumer<Connection> test) {
		this.contextRunner
			.run((context) -> test.accept(context.getBean(AdaptiveClient.class).discover("example", "asking")));
	}

	record Ask() {

	}

	record Change() {

	}

	record Seen(String user, String request, boolean inTransaction, String thread) {

	}

	@AdaptiveService(publisher = "example", name = "asking")
	static class Asking {

		private final ThreadLocal<@Nullable String> user;

		Asking(ThreadLocal<@Nullable String> user) {
			this.user = user;
		}

		@MessageHandler
		Seen ask(Ask ask) {
			return new Seen(String.valueOf(this.user.get()), String.valueOf(MDC.get("request")),
					TransactionSynchronizationManager.isSynchronizationActive(), Thread.currentThread().toString());
		}

		@MessageHandler(nonBlocking = true)
		Seen change(Change change) {
			this.user.set("bob");
			MDC.put("handler", "was here");
			return ask(new Ask());
		}

	}

}
