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
 * Endpoint that marks messages and reads their traces.
 */
@Endpoint(id = "adaptivetrace")
final class TraceEndpoint {

	private static final int MOST_NAMED = 20;

	private final MessageTracing tracing;

	TraceEndpoint(MessageTracing tracing) {
		this.tracing = tracing;
	}

	/**
	 * Returns the marks and the types that can be marked.
	 * @param pattern the pattern of type names, by default {@code *}
	 * @return marks, types and statistics
	 */
	@ReadOperation
	TracingOverview overview(@Nullable String pattern) {
		return new TracingOverview(this.tracing.marks(), this.tracing.traceable((pattern != null) ? pattern : "*"),
				this.tracing.programs(), this.tracing.statistics());
	}

	/**
	 * Reads traces without removing them.
	 * @param token the token of one, some or all traces
	 * @return the traces, empty if there are no records
	 */
	@ReadOperation(producesFrom = TraceFormat.class)
	Traces read(@Selector String token) {
		return Traces.of(token, TraceExcerpt.of(this.tracing.read(token, true)));
	}

	/**
	 * Reads and removes traces. Traces beyond the limit of a response are kept.
	 * @param token the token of one, some or all traces
	 * @return the removed traces
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
	 * @param type the name on the wire or the class name
	 * @param count the number of messages, by default 1
	 * @param filters the filters, separated by commas
	 * @param program the sending program, by default this one
	 * @return the mark, with the tokens of the traces
	 */
	@WriteOperation
	Marks.Marked mark(String type, @Nullable Integer count, @Nullable String filters, @Nullable String program) {
		return Marks.Marked.of(marksOf(program).mark(type, (count != null) ? count : 1, FilterList.of(filters)));
	}

	/**
	 * Removes marks.
	 * @param type the marked type, by default all
	 * @param program the program, by default this one
	 * @return the remaining marks
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
