package io.adaptive.trace;

import java.util.List;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ServiceName;
import io.adaptive.status.TracingStatistics;

/**
 * The message tracing of a program. It marks messages of this or another program, and
 * reads their traces from all programs involved. Thread-safe.
 */
public interface MessageTracing extends MessageMarks {

	/** The name of the built-in service that collects traces. */
	ServiceName SERVICE = new ServiceName("builtin", "messageTracing");

	/**
	 * Marks the next messages of a type.
	 * @param type the type
	 * @param count the number of messages, 1 to {@link #MAX_COUNT}
	 * @param filters the filters that a message has to match, each {@code field=pattern}
	 * @return the mark, with the tokens of the traces
	 * @see #mark(String, int, List)
	 */
	MarkedMessages mark(Class<?> type, int count, String... filters);

	@Override
	MarkedMessages mark(String typeName, int count, List<String> filters);

	@Override
	boolean unmark(String typeName);

	@Override
	void unmarkAll();

	@Override
	List<MarkedMessages> marks();

	@Override
	List<TraceableMessage> traceable(String pattern);

	/**
	 * Returns the programs whose messages this program can mark and whose collectors it
	 * reads: the discovered programs that publish services.
	 * @return the instances, such as {@code 02:42:ac:11:00:02#1f}
	 */
	List<String> programs();

	/**
	 * Returns the marks of another program. That program has to permit access; by default
	 * it does to programs of the same machine and user. Each operation on the marks
	 * connects to the program.
	 * @param program one of {@link #programs()}, or the provider id of a machine on which
	 * only one program runs
	 * @return the marks of the program
	 * @throws AdaptiveException with code {@code NOT_FOUND} if there is no such program,
	 * with {@code INVALID_ARGUMENT} if there are several
	 */
	MessageMarks of(String program);

	/**
	 * Reads traces from all discovered collectors that permit it. Takes at most about 10
	 * seconds, plus up to 5 seconds before to deliver the records of this program.
	 * Records of a collector that does not answer are missing from the result and remain
	 * in that collector.
	 * @param token {@code uuid.3} for one trace, {@code uuid.0..9} for a range,
	 * {@code uuid} for all of a mark, {@code all} for all traces
	 * @param keep whether the collectors keep the records that are read, instead of
	 * removing them
	 * @return the traces with at least one record, sorted by token
	 * @throws AdaptiveException with code {@code INVALID_ARGUMENT} if the token has
	 * another form
	 */
	List<MessageTrace> read(String token, boolean keep);

	/**
	 * Returns the statistics of message tracing in this program.
	 * @return the current statistics
	 */
	TracingStatistics statistics();

}
