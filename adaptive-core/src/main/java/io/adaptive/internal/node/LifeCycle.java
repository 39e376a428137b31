package io.adaptive.internal.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.adaptive.internal.message.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a node, in the order in which they are made and start. They leave and
 * close in the opposite order, each of them, whether others fail or not. For one thread
 * at a time.
 */
final class LifeCycle {

	/** Peers that do not read, and event loops that are busy, take no longer together. */
	static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final UnaryOperator<NodePart> change;

	private final List<NodePart> parts = new ArrayList<>();

	/**
	 * Makes a life without parts.
	 * @param change what is done to each part that is added
	 */
	LifeCycle(UnaryOperator<NodePart> change) {
		this.change = change;
	}

	/**
	 * Adds a part as soon as it is made, so that it is closed if the next one cannot be.
	 */
	void add(NodePart part) {
		this.parts.add(this.change.apply(part));
	}

	/**
	 * Starts the parts. Where one fails the rest is left out; all are to be closed then.
	 */
	void start() {
		this.parts.forEach((part) -> part.start().run());
	}

	/**
	 * Ends the parts: all leave, then all close.
	 * @param limit until when all of it is to be done. What is in flight is served within
	 * the drain timeouts, and what comes after that has one time-out, in any case
	 * @throws RuntimeException or an error, the first failure of a part, after all have
	 * ended
	 */
	void close(Deadline limit) {
		Failures failures = new Failures();
		forEachBackwards(NodePart::leave, limit, failures);
		forEachBackwards(NodePart::close, Deadline.in(CLOSE_TIMEOUT).soonerOf(limit), failures);
		failures.rethrow();
	}

	/**
	 * Ends the parts of a node that could not start.
	 * @param reason why; gets what fails now as suppressed
	 */
	void abandon(Throwable reason) {
		try {
			close(Deadline.in(CLOSE_TIMEOUT));
		}
		catch (RuntimeException | Error ex) {
			reason.addSuppressed(ex);
		}
	}

	private void forEachBackwards(Function<NodePart, Consumer<Deadline>> step, Deadline deadline, Failures failures) {
		for (int i = this.parts.size() - 1; i >= 0; i--) {
			try {
				step.apply(this.parts.get(i)).accept(deadline);
			}
			// The others must not stay open for it.
			catch (RuntimeException | Error ex) {
				failures.add(ex);
			}
		}
	}

	private static final class Failures {

		private @Nullable Throwable first;

		void add(Throwable failure) {
			if (this.first == null) {
				this.first = failure;
			}
			else {
				this.first.addSuppressed(failure);
			}
		}

		void rethrow() {
			if (this.first instanceof Error error) {
				throw error;
			}
			if (this.first instanceof RuntimeException exception) {
				throw exception;
			}
		}

	}

}
