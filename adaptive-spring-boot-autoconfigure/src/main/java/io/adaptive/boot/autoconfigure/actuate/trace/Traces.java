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
 * @param token what was asked for
 * @param traces by token
 * @param leftOut how many more traces there are than are shown
 */
record Traces(String token, List<Trace> traces, int leftOut) implements OperationResponseBody {

	static Traces of(String token, TraceExcerpt excerpt) {
		return new Traces(token, excerpt.shown().stream().map(Trace::of).toList(), excerpt.leftOut());
	}

	/**
	 * One traced conversation.
	 *
	 * @param token by which it alone can be read
	 * @param leftOut how many more events there were than are kept
	 * @param events in the order of cause
	 */
	record Trace(String token, long leftOut, List<Event> events) {

		static Trace of(MessageTrace trace) {
			return new Trace(trace.token().toString(), trace.leftOut(),
					trace.records().stream().map(Event::of).toList());
		}

	}

	/**
	 * One event. Hops are texts, since a number of JSON need not hold them.
	 *
	 * @param hop the message, a random number
	 * @param parentHop the message whose handling sent this one
	 * @param event what happened
	 * @param time when, by the clock of the machine where it happened
	 * @param provider the machine where it happened
	 * @param program the instance where it happened
	 * @param service the service that the connection leads to
	 * @param scope how near the other end is
	 * @param connection where the server was reached
	 * @param peer the instance at the other end
	 * @param messageType the name of the type, empty for an acknowledgement
	 * @param content what kind of thing was sent or taken
	 * @param text what it looks like
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
