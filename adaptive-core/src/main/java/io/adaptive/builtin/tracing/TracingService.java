package io.adaptive.builtin.tracing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.stream.StreamContext;
import io.adaptive.trace.TraceMarks;
import io.adaptive.trace.TraceRecord;
import io.adaptive.trace.TraceSelection;
import reactor.core.publisher.Flux;

/**
 * The service {@code builtin/messageTracing}: collects records, gives them to who reads,
 * and marks messages for who may.
 */
final class TracingService {

	private static final int MAX_LISTED = 5_000;

	private TracingService() {
	}

	/**
	 * Makes the service of a node.
	 * @param collector keeps records
	 * @param marks the node's marks
	 * @param markScopes where those are who may change them
	 */
	static Service over(TraceCollector collector, TraceMarks marks, Set<Scope> markScopes) {
		return Service.named(MessageTracing.SERVICE).handle(RecordTraces.class, (message) -> {
			message.records().forEach(collector::add);
			return null;
		})
			.handle(ReadTraces.class,
					(query) -> Flux.fromIterable(collector.read(TraceSelection.parse(query.token()), query.keep()))
						.concatMapIterable(TracingService::parts))
			.handleInContext(ChangeMarks.class, (change, stream) -> {
				checkAllowed(stream, markScopes);
				return change(change, marks);
			});
	}

	/**
	 * No part is too large for one message.
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

	private static void checkAllowed(StreamContext stream, Set<Scope> markScopes) {
		Scope scope = stream.connection().scope();
		if (!markScopes.contains(scope)) {
			throw new AdaptiveException(ErrorCode.PERMISSION_DENIED,
					"Messages of this program may be marked from scopes %s, not from %s; its property adaptive.tracing.mark-scopes, or remoteMarks of its node's builder, says so"
						.formatted(markScopes, scope));
		}
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
