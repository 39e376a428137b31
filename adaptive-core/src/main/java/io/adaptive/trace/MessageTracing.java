package io.adaptive.trace;

import java.util.List;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ServiceName;
import io.adaptive.status.TracingStatistics;

/**
 * Message tracing as a program uses it: mark messages of this program or of another one,
 * and read what became of them wherever they went. Safe for use by many threads.
 */
public interface MessageTracing extends MessageMarks {

	/** The name of the service that collects traces. */
	ServiceName SERVICE = new ServiceName("builtin", "messageTracing");

	/**
	 * Marks the next messages of a type.
	 * @param type the type
	 * @param count how many, 1 to {@link #MAX_COUNT}
	 * @param filters what they have to look like, each {@code field=pattern}
	 * @return by which tokens to read their traces
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
	 * Returns the programs whose messages can be marked from here, and whose collectors
	 * are read: those in sight that publish services.
	 * @return the instances, such as {@code 02:42:ac:11:00:02#1f}
	 */
	List<String> programs();

	/**
	 * Leads to the marks of another program, which has to allow it; by default programs
	 * of the same machine and user may. Each use of the marks connects to the program.
	 * @param program one of {@link #programs()}, or a machine's provider id if only one
	 * program runs there
	 * @return its marks
	 * @throws AdaptiveException with code {@code NOT_FOUND} if there is no such program,
	 * with {@code INVALID_ARGUMENT} if there are several
	 */
	MessageMarks of(String program);

	/**
	 * Reads traces from all collectors in sight that allow it, for at most about ten
	 * seconds after this program's own records have been delivered, which takes five more
	 * at most. What one of them does not tell is missing, and stays there.
	 * @param token {@code uuid.3} for one, {@code uuid.0..9} for some, {@code uuid} for
	 * all of a mark, {@code all} for all there are
	 * @param keep whether the collectors keep what is read; else it is gone then
	 * @return the traces of which there is something to tell, by token
	 * @throws AdaptiveException with code {@code INVALID_ARGUMENT} if the token is none
	 * of these
	 */
	List<MessageTrace> read(String token, boolean keep);

	/**
	 * Returns the numbers of this program's tracing.
	 * @return the numbers of this moment
	 */
	TracingStatistics statistics();

}
