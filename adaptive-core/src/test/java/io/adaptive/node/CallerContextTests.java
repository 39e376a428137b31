package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.adaptive.fixture.TwoNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.CallerContext;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a handler sees of the thread that called it.
 */
class CallerContextTests {

	private static final String CANNOT_BE_SET = "cannot be set";

	private static final String CANNOT_BE_GIVEN_BACK = "cannot be given back";

	private final ThreadLocal<@Nullable String> user = new InheritableThreadLocal<>();

	private volatile boolean threadTaken;

	private final UnaryOperator<AdaptiveNodeBuilder> carrying = (builder) -> builder.callerContext(this::capture);

	@TempDir
	private Path directory;

	@AfterEach
	void forgetUser() {
		this.user.remove();
	}

	private CallerContext.@Nullable Captured capture() {
		String captured = this.user.get();
		return (captured != null) ? new User(captured, this.threadTaken) : null;
	}

	@Test
	void workerSeesWhatTheCallerCarriesAndForgetsItAfterwards() {
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory, this.carrying)) {
			Connection connection = nodes.connect(service(HandlerOptions.DEFAULT));
			this.user.set("alice");
			assertThat(connection.sendRecv(new Who(), Answer.class).user()).isEqualTo("alice");
			this.user.remove();
			assertThat(connection.sendRecv(new Who(), Answer.class).user()).isEqualTo("nobody");
		}
	}

	@Test
	void oneWayMessageTakesItAlong() {
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory, this.carrying)) {
			CompletableFuture<String> seen = new CompletableFuture<>();
			Connection connection = nodes.connect(Service.named("test", "who").handle(Who.class, (who) -> {
				seen.complete(String.valueOf(this.user.get()));
				return null;
			}));
			this.user.set("alice");
			connection.send(new Who());
			assertThat(seen.join()).isEqualTo("alice");
		}
	}

	@Test
	void callThatHasToDiscoverFirstTakesItAlong() {
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory, this.carrying)) {
			nodes.server().newServer().publish(service(HandlerOptions.DEFAULT));
			Connection connection = nodes.client().newClient().lazy(new ServiceName("test", "who"));
			this.user.set("alice");
			CompletableFuture<Answer> answer = connection.async().sendRecv(new Who(), Answer.class);
			this.user.set("bob");
			assertThat(answer.join().user()).isEqualTo("alice");
		}
	}

	@Test
	void callersThatShareASearchDoNotSeeEachOther() {
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory, this.carrying)) {
			Connection connection = nodes.client().newClient().lazy(new ServiceName("test", "who"));
			this.user.set("alice");
			CompletableFuture<Answer> alice = connection.async().sendRecv(new Who(), Answer.class);
			this.user.set("bob");
			CompletableFuture<Answer> bob = connection.async().sendRecv(new Who(), Answer.class);
			this.user.remove();
			CompletableFuture<Answer> nobody = connection.async().sendRecv(new Who(), Answer.class);
			nodes.server().newServer().publish(service(HandlerOptions.DEFAULT));
			assertThat(List.of(alice, bob, nobody)).extracting((answer) -> answer.get(50, TimeUnit.SECONDS).user())
				.containsExactly("alice", "bob", "nobody");
		}
	}

	@Test
	void handlerOnTheThreadOfItsCallerLeavesItAsItWas() {
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory, this.carrying)) {
			Connection connection = nodes.connect(service(HandlerOptions.DEFAULT.asNonBlocking()));
			this.user.set("alice");
			assertThat(connection.sendRecv(new Who(), Answer.class))
				.isEqualTo(new Answer("alice", Thread.currentThread().getName()));
			assertThat(this.user.get()).isEqualTo("alice");
		}
	}

	@Test
	void threadThatIsTakenIsNotLent() {
		this.threadTaken = true;
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory, this.carrying)) {
			Connection connection = nodes.connect(service(HandlerOptions.DEFAULT.asNonBlocking()));
			this.user.set("alice");
			Answer answer = connection.sendRecv(new Who(), Answer.class);
			assertThat(answer.user()).isEqualTo("alice");
			assertThat(answer.thread()).isNotEqualTo(Thread.currentThread().getName());
		}
	}

	@Test
	void callerIsToldWhenWhatItCarriesCannotBeRestored() {
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory, this.carrying)) {
			Connection connection = nodes.connect(service(HandlerOptions.DEFAULT));
			connection.setReceiveTimeout(Duration.ofSeconds(5));
			this.user.set(CANNOT_BE_SET);
			assertThatExceptionOfType(RemoteException.class)
				.isThrownBy(() -> connection.sendRecv(new Who(), Answer.class))
				.withMessageContaining("cannot be set");
			this.user.set("alice");
			assertThat(connection.sendRecv(new Who(), Answer.class).user()).isEqualTo("alice");
		}
	}

	@Test
	void answerStandsWhenTheThreadCannotBeGivenBackWhatItHad() {
		try (TwoNodes nodes = new TwoNodes(Scope.PROCESS, this.directory, this.carrying)) {
			Connection connection = nodes.connect(service(HandlerOptions.DEFAULT.asNonBlocking()));
			this.user.set(CANNOT_BE_GIVEN_BACK);
			assertThat(connection.sendRecv(new Who(), Answer.class))
				.isEqualTo(new Answer(CANNOT_BE_GIVEN_BACK, Thread.currentThread().getName()));
		}
	}

	@Test
	void nothingIsTakenToAnotherProcess() {
		try (TwoNodes nodes = new TwoNodes(Scope.OS, this.directory, this.carrying)) {
			Connection connection = nodes.connect(service(HandlerOptions.DEFAULT));
			this.user.set("alice");
			assertThat(connection.sendRecv(new Who(), Answer.class).user()).isEqualTo("nobody");
		}
	}

	private Service service(HandlerOptions options) {
		return Service.named("test", "who").handle(Who.class, (who) -> {
			String seen = this.user.get();
			this.user.set("changed by the handler");
			if (seen == null) {
				this.user.remove();
			}
			return new Answer((seen != null) ? seen : "nobody", Thread.currentThread().getName());
		}).options(Who.class, options);
	}

	record Who() {
	}

	record Answer(String user, String thread) {
	}

	private final class User implements CallerContext.Captured {

		private final String name;

		private final boolean threadTaken;

		User(String name, boolean threadTaken) {
			this.name = name;
			this.threadTaken = threadTaken;
		}

		@Override
		public boolean isThreadTaken() {
			return this.threadTaken;
		}

		@Override
		public Runnable restore() {
			failIf(CANNOT_BE_SET);
			String before = CallerContextTests.this.user.get();
			CallerContextTests.this.user.set(this.name);
			return () -> {
				failIf(CANNOT_BE_GIVEN_BACK);
				CallerContextTests.this.user.set(before);
			};
		}

		private void failIf(String name) {
			if (this.name.equals(name)) {
				throw new IllegalStateException(name);
			}
		}

	}

}
