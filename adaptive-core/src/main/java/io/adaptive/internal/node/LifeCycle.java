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
 * Life cycle of a node: its parts in the order in which they are created and started.
 * They leave and close in the reverse order; a part that fails does not keep the others
 * from that. For use by one thread at a time.
 */
final class LifeCycle {

	/** Limit of closing with peers that do not read and event loops that are busy. */
	static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final UnaryOperator<NodePart> change;

	private final List<NodePart> parts = new ArrayList<>();

	/**
	 * Creates a life cycle without parts.
	 * @param change applied to each part that is added
	 */
	LifeCycle(UnaryOperator<NodePart> change) {
		this.change = change;
	}

	/**
	 * Adds a part directly after its creation, so that it is closed if a later one cannot
	 * be created.
	 */
	void add(NodePart part) {
		this.parts.add(this.change.apply(part));
	}

	/**
	 * Starts the parts. After a failure the remaining ones are not started, and all have
	 * to be closed.
	 */
	void start() {
		this.parts.forEach((part) -> part.start().run());
	}

	/**
	 * Ends the parts: first all leave, then all close.
	 * @param limit the limit of both steps. In any case messages in flight are served for
	 * the drain timeouts at most, and closing takes {@link #CLOSE_TIMEOUT} at most
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
	 * Closes the parts of a node that could not start.
	 * @param reason the failure of the start; failures of closing are added to it as
	 * suppressed
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
			// A failure of one part does not keep the others open.
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
