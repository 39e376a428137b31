package io.adaptive.internal.builtin.tracing;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.internal.trace.TraceMarks;
import io.adaptive.server.Service;
import io.adaptive.trace.MessageTracing;
import io.adaptive.trace.TraceRecord;
import io.adaptive.trace.TraceSelection;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Service {@code builtin/messageTracing}: collects records, serves them to readers, and
 * marks messages, for programs that have access.
 */
final class TracingService {

	private static final int MAX_LISTED = 5_000;

	private TracingService() {
	}

	/**
	 * Creates the service of a node.
	 * @param collector the collector
	 * @param marks the node's marks
	 * @param access the scopes that have access
	 */
	static Service over(TraceCollector collector, TraceMarks marks, TraceAccess access) {
		return Service.named(MessageTracing.SERVICE).handleInContext(RecordTraces.class, (message, stream) -> {
			access.checkReading(stream.connection().scope());
			message.records().forEach(collector::add);
			return null;
		}).handleInContext(ReadTraces.class, (query, stream) -> {
			access.checkReading(stream.connection().scope());
			return read(collector, TraceSelection.parse(query.token()), query.keep());
		}).handleInContext(ChangeMarks.class, (change, stream) -> {
			access.checkMarking(stream.connection().scope());
			return change(change, marks);
		});
	}

	/**
	 * Returns the selected traces in parts. A trace is removed after the reader has taken
	 * all its parts; if the reader stops before, the trace stays.
	 */
	private static Flux<CollectedTrace> read(TraceCollector collector, TraceSelection selection, boolean keep) {
		return Flux.defer(() -> Flux.fromIterable(collector.find(selection)))
			.concatMap((token) -> Mono.justOrEmpty(collector.read(token))
				.flatMapMany((trace) -> Flux.fromIterable(parts(trace)).doOnComplete(() -> {
					if (!keep) {
						collector.clear(trace);
					}
				})), 1);
	}

	/**
	 * Splits a trace into parts that each fit one message.
	 */
	private static List<CollectedTrace> parts(CollectedTrace trace) {
		List<CollectedTrace> parts = new ArrayList<>();
		List<TraceRecord> records = trace.records();
		for (int i = 0; i < records.size(); i += RecordTraces.MAX_RECORDS) {
			int end = Math.min(records.size(), i + RecordTraces.MAX_RECORDS);
			parts.add(new CollectedTrace(trace.token(), List.copyOf(records.subList(i, end)),
					(i == 0) ? trace.leftOut() : 0));
		}
		return parts;
	}

	private static Object change(ChangeMarks change, TraceMarks marks) {
		if (change instanceof ChangeMarks.Mark mark) {
			return marks.mark(mark.type(), mark.count(), mark.filters());
		}
		if (change instanceof ChangeMarks.Unmark unmark) {
			if (!unmark.type().isEmpty()) {
				return new ChangeMarks.Unmarked(marks.unmark(unmark.type()));
			}
			boolean found = !marks.marks().isEmpty();
			marks.unmarkAll();
			return new ChangeMarks.Unmarked(found);
		}
		String pattern = (change instanceof ChangeMarks.Query query) ? query.pattern() : "*";
		return new ChangeMarks.Listing(marks.marks(), marks.traceable(pattern).stream().limit(MAX_LISTED).toList());
	}

}
