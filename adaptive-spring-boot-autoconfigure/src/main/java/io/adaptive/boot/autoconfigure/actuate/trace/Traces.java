package io.adaptive.boot.autoconfigure.actuate.trace;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import io.adaptive.message.Scope;
import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Traces as JSON.
 *
 * @param token the requested token
 * @param traces the traces, sorted by token
 * @param leftOut the number of further traces
 */
record Traces(String token, List<Trace> traces, int leftOut) implements OperationResponseBody {

	static Traces of(String token, TraceExcerpt excerpt) {
		return new Traces(token, excerpt.shown().stream().map(Trace::of).toList(), excerpt.leftOut());
	}

	/**
	 * One traced conversation.
	 *
	 * @param token the token of this trace
	 * @param leftOut the number of events that were not kept
	 * @param events the events, in causal order
	 */
	record Trace(String token, long leftOut, List<Event> events) {

		static Trace of(MessageTrace trace) {
			return new Trace(trace.token().toString(), trace.leftOut(),
					trace.records().stream().map(Event::of).toList());
		}

	}

	/**
	 * One event. Hops are texts, because a JSON number may not represent them exactly.
	 *
	 * @param hop the id of the message, a random number
	 * @param parentHop the id of the message whose handler sent this one
	 * @param event the kind of event
	 * @param time the time of the event, by the clock of its machine
	 * @param provider the provider id of the machine of the event
	 * @param program the instance in which the event happened
	 * @param service the service of the connection
	 * @param scope the scope of the connection
	 * @param connection the endpoint of the server
	 * @param peer the instance at the other end
	 * @param messageType the name of the message type, empty for an acknowledgement
	 * @param content the kind of content
	 * @param text the content as text
	 */
	record Event(String hop, @Nullable String parentHop, TraceEvent event, Instant time, String provider,
			String program, String service, Scope scope, String connection, String peer, String messageType,
			TraceRecord.Content content, String text) {

		static Event of(TraceRecord record) {
			return new Event(hex(record.hop()), (record.parentHop() != 0) ? hex(record.parentHop()) : null,
					record.event(), record.time(), record.provider(), record.program(), record.service(),
					record.scope(), record.connection(), record.peer(), record.messageType(), record.content(),
					record.text());
		}

		private static String hex(long hop) {
			return HexFormat.of().toHexDigits(hop);
		}

	}

}
