package io.adaptive.gshell.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import org.jspecify.annotations.Nullable;

/**
 * What groups have said that were asked at the same time.
 *
 * @param <T> type of an answer
 * @param answers the answers, in the order of the groups
 * @param silent names with versions of groups that have not answered in time
 * @param failures a line for the user about each group that could not be asked or has
 * failed
 */
record GroupAnswers<T>(List<Answer<T>> answers, List<String> silent, List<String> failures) {

	/**
	 * Waits for the answers, for all of them together as long as given.
	 * @param questions what was asked
	 * @param patience longest wait
	 */
	static <T> GroupAnswers<T> await(List<Question<T>> questions, Duration patience) {
		long end = System.nanoTime() + patience.toNanos();
		GroupAnswers<T> all = new GroupAnswers<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		questions.forEach((each) -> all.add(each, end - System.nanoTime()));
		return all;
	}

	private void add(Question<T> question, long nanos) {
		String name = question.group().fullName();
		try {
			question.answer(nanos)
				.ifPresentOrElse((value) -> this.answers.add(new Answer<>(question.group(), value)),
						() -> this.silent.add(name));
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			String reason = (cause.getMessage() != null) ? cause.getMessage() : cause.toString();
			this.failures.add("The group %s has failed: %s; look at: gsh log %s".formatted(name, reason, name));
		}
	}

	/**
	 * An answer.
	 *
	 * @param <T> its type
	 * @param group the group that has given it
	 * @param value the answer
	 */
	record Answer<T>(RunningGroup group, T value) {

	}

	/** Of the wait for the answer, or of the connection that comes before. */
	private static boolean isTimeout(@Nullable Throwable cause) {
		return cause instanceof TimeoutException || (cause instanceof AdaptiveException failure
				&& !(failure instanceof RemoteException) && failure.code() == ErrorCode.DEADLINE_EXCEEDED);
	}

	/**
	 * A group that was asked.
	 *
	 * @param <T> type of the answer
	 * @param group the group
	 * @param future fails with a {@link TimeoutException} if there is no answer in time
	 */
	record Question<T>(RunningGroup group, CompletableFuture<T> future) {

		private Optional<T> answer(long nanos) throws ExecutionException {
			try {
				return Optional.of(this.future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS));
			}
			catch (TimeoutException ex) {
				return Optional.empty();
			}
			catch (ExecutionException ex) {
				if (isTimeout(ex.getCause())) {
					return Optional.empty();
				}
				throw ex;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return Optional.empty();
			}
		}

	}

}
