package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.List;
import java.util.stream.Collectors;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.MessageMarks;
import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.MessageTracing;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Marks messages and reads their traces.
 */
@Endpoint(id = "adaptivetrace")
final class TraceEndpoint {

	private static final int MOST_NAMED = 20;

	private final MessageTracing tracing;

	TraceEndpoint(MessageTracing tracing) {
		this.tracing = tracing;
	}

	/**
	 * Tells what is marked and what can be.
	 * @param pattern what the names of types look like, {@code *} if not given
	 * @return marks, types and numbers
	 */
	@ReadOperation
	TracingOverview overview(@Nullable String pattern) {
		return new TracingOverview(this.tracing.marks(), this.tracing.traceable((pattern != null) ? pattern : "*"),
				this.tracing.programs(), this.tracing.statistics());
	}

	/**
	 * Reads traces, which stay.
	 * @param token of one, some or all
	 * @return the traces, none if there are no records
	 */
	@ReadOperation(producesFrom = TraceFormat.class)
	Traces read(@Selector String token) {
		return Traces.of(token, TraceExcerpt.of(this.tracing.read(token, true)));
	}

	/**
	 * Reads traces for the last time. What is too much for one answer stays.
	 * @param token of one, some or all
	 * @return what was there and is not any more
	 */
	@DeleteOperation
	Traces clear(@Selector String token) {
		TraceExcerpt excerpt = TraceExcerpt.of(this.tracing.read(token, true));
		// What is recorded in between is cleared and answered too, so nothing gets lost.
		List<MessageTrace> cleared = excerpt.tokens()
			.stream()
			.flatMap((each) -> this.tracing.read(each, false).stream())
			.toList();
		return Traces.of(token, new TraceExcerpt(cleared, excerpt.leftOut()));
	}

	/**
	 * Marks the next messages of a type.
	 * @param type its name on the wire or its class name
	 * @param count how many, 1 if not given
	 * @param filters what they have to look like, separated by commas
	 * @param program who sends them, this program if not given
	 * @return by which tokens to read their traces
	 */
	@WriteOperation
	Marks.Marked mark(String type, @Nullable Integer count, @Nullable String filters, @Nullable String program) {
		return Marks.Marked.of(marksOf(program).mark(type, (count != null) ? count : 1, FilterList.of(filters)));
	}

	/**
	 * Removes marks.
	 * @param type of which type, all if not given
	 * @param program whose marks, those of this program if not given
	 * @return the marks that are left
	 */
	@DeleteOperation
	Marks unmark(@Nullable String type, @Nullable String program) {
		MessageMarks marks = marksOf(program);
		if (type == null) {
			marks.unmarkAll();
		}
		else if (!marks.unmark(type)) {
			throw new AdaptiveException(ErrorCode.NOT_FOUND, notMarked(type, marks.marks()));
		}
		return new Marks(marks.marks());
	}

	private static String notMarked(String type, List<MarkedMessages> marks) {
		String marked = marks.stream().map(MarkedMessages::type).limit(MOST_NAMED).collect(Collectors.joining(", "));
		return "Message type \"%s\" is not marked, or no longer; %s".formatted(type, marked.isEmpty() ? "no type is"
				: "marked are " + marked + ((marks.size() > MOST_NAMED) ? ", ..." : ""));
	}

	private MessageMarks marksOf(@Nullable String program) {
		return (program != null) ? this.tracing.of(program) : this.tracing;
	}

}
