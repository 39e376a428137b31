package io.adaptive.internal.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import io.adaptive.message.Scope;
import io.adaptive.message.TraceToken;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;

/**
 * Records of programs whose clocks are wrong, in the order in which it happened.
 */
final class TracedRun {

	static final TraceToken TOKEN = new TraceToken(new UUID(1, 2), 0);

	private final List<TraceRecord> happened = new ArrayList<>();

	private final Map<String, Long> counters = new HashMap<>();

	private final Map<String, Duration> skews = new HashMap<>();

	private final Random random;

	TracedRun(long seed) {
		this.random = new Random(seed);
	}

	List<TraceRecord> happened() {
		return this.happened;
	}

	TraceRecord record(TraceEvent event, long hop, long parent, String program, String peer, String service,
			TraceRecord.Content content) {
		Duration skew = this.skews.computeIfAbsent(program,
				(p) -> Duration.ofSeconds(this.random.nextInt(7200) - 3600));
		TraceRecord record = new TraceRecord(TOKEN, hop, parent, event,
				Instant.parse("2026-01-01T12:00:00Z").plusMillis(this.happened.size()).plus(skew), "provider", service,
				"somewhere", "M" + hop, "M%d[]".formatted(hop), content, Scope.OS, program, peer,
				this.counters.merge(program, 1L, Long::sum));
		this.happened.add(record);
		return record;
	}

	TraceRecord record(TraceEvent event, long hop, long parent, String program, String peer, String service) {
		return record(event, hop, parent, program, peer, service, TraceRecord.Content.MESSAGE);
	}

	/**
	 * One program calls another, which does something meanwhile.
	 */
	void call(long hop, long parent, String client, String server, Runnable meanwhile) {
		String service = "s/" + server.replaceAll(".*#", "");
		record(TraceEvent.CLIENT_SEND, hop, parent, client, server, service);
		record(TraceEvent.HANDLER, hop, 0, server, client, service);
		meanwhile.run();
		record(TraceEvent.SERVER_SEND, hop, 0, server, client, service);
		record(TraceEvent.CLIENT_RECV, hop, 0, client, server, service);
	}

}
