package io.adaptive.boot.autoconfigure;

import java.util.function.Consumer;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.CallerContext;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
	void handlerOnTheThreadOfACallerWithoutAnyLeavesNoneThere() {
		run((connection) -> {
			assertThat(connection.sendRecv(new Change(), Seen.class).thread())
				.isEqualTo(Thread.currentThread().toString());
			assertThat(this.user.get()).isNull();
			assertThat(MDC.get("handler")).isNull();
		});
	}

	@Test
	void handlerOnTheThreadOfACallerWithSomeLeavesNoOthersThere() {
		run((connection) -> {
			MDC.put("request", "42");
			connection.sendRecv(new Change(), Seen.class);
			assertThat(this.user.get()).isNull();
			assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("request");
		});
	}

	@Test
	void threadThatActsForOneThatCarriesNothingCarriesNothing() {
		CallerContext.Captured nothing = new ThreadContext(this.registry).capture();
		this.user.set("alice");
		MDC.put("request", "42");
		Runnable before = nothing.restore();
		assertThat(this.user.get()).isNull();
		assertThat(MDC.get("request")).isNull();
		before.run();
		assertThat(this.user.get()).isEqualTo("alice");
		assertThat(MDC.get("request")).isEqualTo("42");
	}

	@Test
	void whereThereIsNothingNothingIsMade() {
		ThreadContext context = new ThreadContext(this.registry);
		CallerContext.Captured nothing = context.capture();
		assertThat(context.capture()).isSameAs(nothing);
		assertThat(nothing.restore()).isSameAs(nothing.restore());
	}

	@Test
	void whatCannotBeRestoredLeavesTheThreadAsItWas() {
		this.registry.registerThreadLocalAccessor(new Locked());
		this.user.set("alice");
		MDC.put("request", "42");
		CallerContext.Captured alice = new ThreadContext(this.registry).capture();
		this.user.remove();
		MDC.put("request", "43");
		assertThatIllegalStateException().isThrownBy(alice::restore).withMessage("locked");
		assertThat(this.user.get()).isNull();
		assertThat(MDC.get("request")).isEqualTo("43");
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

	/**
	 * A thread local that cannot be set.
	 */
	private static final class Locked implements ThreadLocalAccessor<String> {

		@Override
		public Object key() {
			return "locked";
		}

		@Override
		public String getValue() {
			return "value";
		}

		@Override
		public void setValue(String value) {
			throw new IllegalStateException("locked");
		}

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
