package io.adaptive.builtin.tracing;

import java.util.List;

import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.TraceableMessage;

/**
 * Message tracing as a program uses it: mark messages of this program or of another one,
 * and read what became of them wherever they went. Safe for use by many threads.
 */
public final class MessageTracing implements MessageMarks {

	MessageTracing() {
	}

	/**
	 * Marks the next messages of a type.
	 * @param type the type
	 * @param count how many, 1 to {@link #MAX_COUNT}
	 * @param filters what they have to look like, each {@code field=pattern}
	 * @return by which tokens to read their traces
	 * @see #mark(String, int, List)
	 */
	public MarkedMessages mark(Class<?> type, int count, String... filters) {
		throw new UnsupportedOperationException();
	}

	@Override
	public MarkedMessages mark(String typeName, int count, List<String> filters) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean unmark(String typeName) {
		return false;
	}

	@Override
	public void unmarkAll() {
		// Nothing is marked yet.
	}

	@Override
	public List<MarkedMessages> marks() {
		return List.of();
	}

	@Override
	public List<TraceableMessage> traceable(String pattern) {
		return List.of();
	}

	/**
	 * Returns the programs whose messages can be marked from here, and whose collectors
	 * are read: those in sight that publish services.
	 * @return the instances, such as {@code 02:42:ac:11:00:02#1f}
	 */
	public List<String> programs() {
		return List.of();
	}

	/**
	 * Leads to the marks of another program, which has to allow it; by default programs
	 * of the same machine and user may. Each use of the marks connects to the program.
	 * @param program one of {@link #programs()}, or a machine's provider id if only one
	 * program runs there
	 * @return its marks
	 */
	public MessageMarks of(String program) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Reads traces from all collectors in sight.
	 * @param token {@code uuid.3} for one, {@code uuid.0..9} for some, {@code uuid} for
	 * all of a mark, {@code all} for all there are
	 * @param keep whether the collectors keep what is read; else it is gone then
	 * @return the traces of which there is something to tell, by token
	 */
	public List<MessageTrace> read(String token, boolean keep) {
		return List.of();
	}

	/**
	 * Returns the numbers of this program's tracing.
	 * @return the numbers of this moment
	 */
	public TracingStatistics statistics() {
		return new TracingStatistics(0, 0, 0, 0);
	}

}
