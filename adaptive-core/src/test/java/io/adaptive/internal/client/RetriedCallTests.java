package io.adaptive.internal.client;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CallerContext;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A call takes the connection of each attempt from its source.
 */
class RetriedCallTests {

	private final Source source = new Source();

	private final List<Connection> attempts = new ArrayList<>();

	private final Retries retries = new Retries("request", CallSettings.DEFAULT, new RetryBudget(System::nanoTime));

	private static Connection connection(String name) {
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "toString" -> name;
					case "hashCode" -> name.hashCode();
					case "equals" -> proxy == arguments[0];
					default -> throw new UnsupportedOperationException(method.getName());
				});
	}

	private static AdaptiveException error(ErrorCode code, Delivery delivery) {
		return new AdaptiveException(code, delivery, "test", null);
	}

	private RetriedCall<String> call(Function<Connection, CompletableFuture<String>> attempt) {
		return new RetriedCall<>(this.source, this.retries, CallDeadline.NONE, (connection) -> {
			this.attempts.add(connection);
			return attempt.apply(connection);
		});
	}

	@Test
	void eachAttemptIsMadeOnTheConnectionThatTheSourceGivesForIt() {
		Connection first = connection("first");
		Connection second = connection("second");
		Connection third = connection("third");
		this.source.open = first;
		this.source.others.add(CompletableFuture.completedFuture(Optional.of(second)));
		this.source.others.add(CompletableFuture.completedFuture(Optional.of(third)));
		CompletableFuture<String> call = call((connection) -> (connection != third)
				? CompletableFuture.failedFuture(error(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT))
				: CompletableFuture.completedFuture("answer"))
			.begin();
		assertThat(call).isCompletedWithValue("answer");
		assertThat(this.attempts).containsExactly(first, second, third);
		assertThat(this.source.waiting).isZero();
	}

	@Test
	void anAttemptWithoutAnotherInstanceWaitsForOneIfNoHandlerHasReceivedTheCall() {
		CompletableFuture<Connection> late = new CompletableFuture<>();
		Connection found = connection("found");
		this.source.others.add(CompletableFuture.completedFuture(Optional.empty()));
		this.source.found.add(late);
		this.source.open = connection("first");
		CompletableFuture<String> call = call(
				(connection) -> (connection == found) ? CompletableFuture.completedFuture("answer")
						: CompletableFuture.failedFuture(error(ErrorCode.UNAVAILABLE, Delivery.NOT_PROCESSED)))
			.begin();
		assertThat(call).isNotDone();
		assertThat(this.source.waiting).isEqualTo(1);
		late.complete(found);
		assertThat(call).isCompletedWithValue("answer");
		assertThat(this.source.waiting).isZero();
	}

	@Test
	void aCallThatMayHaveBeenHandledEndsWithItsOwnErrorWithoutAnotherInstance() {
		this.source.open = connection("first");
		AdaptiveException unknown = error(ErrorCode.UNAVAILABLE, Delivery.UNKNOWN);
		Retries idempotent = new Retries("request", CallSettings.DEFAULT.asIdempotent(),
				new RetryBudget(System::nanoTime));
		this.source.others.add(CompletableFuture.failedFuture(error(ErrorCode.CANCELLED, Delivery.NOT_SENT)));
		CompletableFuture<String> call = new RetriedCall<String>(this.source, idempotent, CallDeadline.NONE,
				(connection) -> CompletableFuture.failedFuture(unknown))
			.begin();
		assertThatThrownBy(call::join).hasCause(unknown);
	}

	@Test
	void aFailedSearchIsAFailedAttempt() {
		Connection found = connection("found");
		this.source.found.add(CompletableFuture.failedFuture(error(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT)));
		this.source.others.add(CompletableFuture.completedFuture(Optional.of(found)));
		CompletableFuture<String> call = call((connection) -> CompletableFuture.completedFuture("answer")).begin();
		assertThat(call).isCompletedWithValue("answer");
		assertThat(this.attempts).containsExactly(found);
	}

	@Test
	void aSearchThatFailsForAnotherReasonEndsTheCall() {
		this.source.found.add(CompletableFuture.failedFuture(error(ErrorCode.NOT_FOUND, Delivery.NOT_SENT)));
		CompletableFuture<String> call = call((connection) -> CompletableFuture.completedFuture("answer")).begin();
		assertThatThrownBy(call::join).hasCauseInstanceOf(AdaptiveException.class)
			.satisfies((failure) -> assertThat(((AdaptiveException) failure.getCause()).code())
				.isEqualTo(ErrorCode.NOT_FOUND));
		assertThat(this.attempts).isEmpty();
	}

	@Test
	void aBlockingCallRetriesOnItsOwnThreadAndThrowsWhatTheAttemptThrew() {
		Thread caller = Thread.currentThread();
		IllegalStateException failure = new IllegalStateException("test");
		this.source.others.add(CompletableFuture.completedFuture(Optional.of(connection("second"))));
		this.source.others.add(CompletableFuture.completedFuture(Optional.of(connection("third"))));
		RetriedCall<String> call = call((connection) -> {
			assertThat(Thread.currentThread()).isSameAs(caller);
			if (this.attempts.size() == 1) {
				throw error(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT);
			}
			throw failure;
		});
		assertThatThrownBy(() -> call.continueAfter(error(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT))).isSameAs(failure);
		assertThat(this.attempts).hasSize(2);
	}

	@Test
	void nothingIsTriedAfterTheConnectionWasClosed() {
		this.source.wanted = false;
		AdaptiveException lost = error(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT);
		assertThatThrownBy(() -> call((connection) -> CompletableFuture.completedFuture("answer")).continueAfter(lost))
			.isSameAs(lost);
		assertThat(this.attempts).isEmpty();
	}

	private static final class Source implements ConnectionSource {

		private final Deque<CompletableFuture<Connection>> found = new ArrayDeque<>();

		private final Deque<CompletableFuture<Optional<Connection>>> others = new ArrayDeque<>();

		private @Nullable Connection open;

		private boolean wanted = true;

		private int waiting;

		@Override
		public @Nullable Connection ifOpen() {
			return this.open;
		}

		@Override
		public CompletableFuture<Connection> find() {
			return Objects.requireNonNull(this.found.poll());
		}

		@Override
		public CompletableFuture<Optional<Connection>> findAnother() {
			return Objects.requireNonNull(this.others.poll());
		}

		@Override
		public boolean isWanted() {
			return this.wanted;
		}

		@Override
		public AdaptiveException notFound(Duration waited) {
			return error(ErrorCode.NOT_FOUND, Delivery.NOT_SENT);
		}

		@Override
		public void beginWaiting() {
			this.waiting++;
		}

		@Override
		public void endWaiting() {
			this.waiting--;
		}

		@Override
		public CallerContext.@Nullable Captured captureCaller() {
			return null;
		}

		@Override
		public Executor callbacks() {
			return Runnable::run;
		}

	}

}
