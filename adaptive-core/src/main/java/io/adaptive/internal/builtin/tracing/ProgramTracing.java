package io.adaptive.internal.builtin.tracing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.adaptive.internal.trace.MessageTracer;
import io.adaptive.internal.trace.TraceMarks;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.TraceToken;
import io.adaptive.status.TracingStatistics;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.MessageMarks;
import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.MessageTracing;
import io.adaptive.trace.TraceRecord;
import io.adaptive.trace.TraceSelection;
import io.adaptive.trace.TraceableMessage;

/**
 * {@link MessageTracing} of this program.
 */
public final class ProgramTracing implements MessageTracing {

	private static final Comparator<TraceToken> BY_TOKEN = Comparator.comparing(TraceToken::id)
		.thenComparingInt(TraceToken::sequence);

	private final TraceMarks marks;

	private final MessageTracer tracer;

	private final TraceCollector collector;

	private final TraceForwarder forwarder;

	private final Collectors others;

	ProgramTracing(TraceMarks marks, MessageTracer tracer, TraceCollector collector, TraceForwarder forwarder,
			Collectors others) {
		this.marks = marks;
		this.tracer = tracer;
		this.collector = collector;
		this.forwarder = forwarder;
		this.others = others;
	}

	@Override
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

	@Override
	public List<String> programs() {
		return namesOf(this.others.others());
	}

	private static List<String> namesOf(List<ServiceInstance> programs) {
		return programs.stream().map((each) -> each.instance().toString()).distinct().sorted().toList();
	}

	@Override
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

	@Override
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

	@Override
	public TracingStatistics statistics() {
		return new TracingStatistics(this.tracer.recorded(), this.forwarder.dropped(), this.collector.sessions(),
				this.collector.evicted());
	}

	/**
	 * Parts of one trace.
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
