package io.adaptive.internal.trace;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;

/**
 * A trace as lines of text.
 */
public final class TextLines {

	private static final int MAX_EVENTS = 5000;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private TextLines() {
	}

	public static String of(MessageTrace trace) {
		Hops hops = new Hops(trace.records());
		int count = trace.records().size();
		StringBuilder text = new StringBuilder("trace " + trace.token() + " events=" + (count + trace.leftOut()));
		if (count > 0) {
			text.append(" date=").append(trace.records().get(0).time().atZone(ZoneOffset.UTC).toLocalDate());
		}
		text.append('\n');
		trace.records().stream().limit(MAX_EVENTS).forEach((each) -> text.append(line(each, hops)).append('\n'));
		long leftOut = trace.leftOut() + Math.max(0, count - MAX_EVENTS);
		if (leftOut > 0) {
			text.append(leftOut).append(" more events are left out\n");
		}
		return text.toString();
	}

	private static String line(TraceRecord record, Hops hops) {
		boolean isServer = record.event() == TraceEvent.HANDLER || record.event() == TraceEvent.SERVER_SEND;
		String indent = "  ".repeat(2 * hops.depth(record) + (isServer ? 1 : 0));
		String what = switch (record.event()) {
			case CLIENT_SEND -> "client send";
			case HANDLER -> "handler";
			case SERVER_SEND -> "server send";
			case CLIENT_RECV -> "client recv";
		};
		return "%s %s[%s] %s %s (%s %s, by %s)".formatted(TIME.format(record.time()), indent, what, record.service(),
				(record.content() == TraceRecord.Content.ACKNOWLEDGEMENT) ? "done" : record.text(), record.scope(),
				record.connection(), record.program());
	}

}
