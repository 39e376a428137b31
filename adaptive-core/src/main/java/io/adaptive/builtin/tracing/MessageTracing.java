package io.adaptive.builtin.tracing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.TraceToken;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.MessageTracer;
import io.adaptive.trace.TraceMarks;
import io.adaptive.trace.TraceRecord;
import io.adaptive.trace.TraceSelection;
import io.adaptive.trace.TraceableMessage;

/**
 * Message tracing as a program uses it: mark messages of this program or of another one,
 * and read what became of them wherever they went. Safe for use by many threads.
 */
public final class MessageTracing implements MessageMarks {

	/** The name of the service that collects traces. */
	public static final ServiceName SERVICE = new ServiceName("builtin", "messageTracing");

	private static final Comparator<TraceToken> BY_TOKEN = Comparator.comparing(TraceToken::id)
		.thenComparingInt(TraceToken::sequence);

	private final TraceMarks marks;

	private final MessageTracer tracer;

	private final TraceCollector collector;

	private final TraceForwarder forwarder;

	private final Collectors others;

	MessageTracing(TraceMarks marks, MessageTracer tracer, TraceCollector collector, TraceForwarder forwarder,
			Collectors others) {
		this.marks = marks;
		this.tracer = tracer;
		this.collector = collector;
		this.forwarder = forwarder;
		this.others = others;
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
		return this.marks.mark(type, count, List.of(filters));
	}

	@Override
	public MarkedMessages mark(String typeName, int count, List<String> filters) {
		return this.marks.mark(typeName, count, filters);
	}

	@Override
	public boolean unmark(String typeName) {
		return this.marks.unmark(typeName);
	}

	@Override
	public void unmarkAll() {
		this.marks.unmarkAll();
	}

	@Override
	public List<MarkedMessages> marks() {
		return this.marks.marks();
	}

	@Override
	public List<TraceableMessage> traceable(String pattern) {
		return this.marks.traceable(pattern);
	}

	/**
	 * Returns the programs whose messages can be marked from here, and whose collectors
	 * are read: those in sight that publish services.
	 * @return the instances, such as {@code 02:42:ac:11:00:02#1f}
	 */
	public List<String> programs() {
		return namesOf(this.others.others());
	}

	private static List<String> namesOf(List<ServiceInstance> programs) {
		return programs.stream().map((each) -> each.instance().toString()).distinct().sorted().toList();
	}

	/**
	 * Leads to the marks of another program, which has to allow it; by default programs
	 * of the same machine and user may. Each use of the marks connects to the program.
	 * @param program one of {@link #programs()}, or a machine's provider id if only one
	 * program runs there
	 * @return its marks
	 * @throws AdaptiveException with code {@code NOT_FOUND} if there is no such program,
	 * with {@code INVALID_ARGUMENT} if there are several
	 */
	public MessageMarks of(String program) {
		if (program.equals(this.others.self().toString())) {
			return this;
		}
		List<ServiceInstance> all = this.others.others();
		List<ServiceInstance> named = all.stream()
			.filter((each) -> each.instance().toString().equals(program)
					|| each.instance().provider().value().equals(program))
			.toList();
		if (named.size() != 1) {
			throw new AdaptiveException(named.isEmpty() ? ErrorCode.NOT_FOUND : ErrorCode.INVALID_ARGUMENT,
					"%s is named \"%s\"; in sight are %s"
						.formatted(named.isEmpty() ? "No program" : "More than one program", program, namesOf(all)));
		}
		return new RemoteMarks(this.others.clients().get(), named.get(0));
	}

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
	public List<MessageTrace> read(String token, boolean keep) {
		TraceSelection selection = TraceSelection.parse(token);
		this.forwarder.flush(TraceForwarder.DELIVERY_TIMEOUT);
		Map<TraceToken, Found> traces = new TreeMap<>(BY_TOKEN);
		List<CollectedTrace> own = this.collector.find(selection)
			.stream()
			.map(this.collector::read)
			.flatMap(Optional::stream)
			.toList();
		Stream.concat(own.stream(), this.others.read(new ReadTraces(token, keep)).stream())
			.filter((each) -> selection.contains(each.token()))
			.forEach((each) -> traces.computeIfAbsent(each.token(), (key) -> new Found()).add(each));
		List<MessageTrace> read = traces.entrySet()
			.stream()
			.map((each) -> new MessageTrace(each.getKey(), each.getValue().records, each.getValue().leftOut))
			.toList();
		if (!keep) {
			own.forEach(this.collector::clear);
		}
		return read;
	}

	/**
	 * Returns the numbers of this program's tracing.
	 * @return the numbers of this moment
	 */
	public TracingStatistics statistics() {
		return new TracingStatistics(this.tracer.recorded(), this.forwarder.dropped(), this.collector.sessions(),
				this.collector.evicted());
	}

	/**
	 * What was found of one trace.
	 */
	private static final class Found {

		private final List<TraceRecord> records = new ArrayList<>();

		private long leftOut;

		private void add(CollectedTrace part) {
			this.records.addAll(part.records());
			this.leftOut += part.leftOut();
		}

	}

}
