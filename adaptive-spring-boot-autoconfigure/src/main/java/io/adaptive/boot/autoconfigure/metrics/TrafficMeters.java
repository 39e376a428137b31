package io.adaptive.boot.autoconfigure.metrics;

import java.util.Objects;
import java.util.function.ToLongFunction;

import io.adaptive.message.Scope;
import io.adaptive.node.NodeStatistics;
import io.adaptive.status.TrafficStatistics;
import io.micrometer.core.instrument.Tags;

/**
 * Meters of the connections of a node, by scope.
 */
final class TrafficMeters {

	private TrafficMeters() {
	}

	static void bind(NodeMeters meters) {
		for (Scope scope : Scope.values()) {
			Tags tags = Tags.of("scope", NodeMeters.tag(scope));
			bindFrames(meters, scope, tags);
			if (scope != Scope.PROCESS) {
				bindBytes(meters, scope, tags);
			}
			bindConnections(meters, scope, tags);
			meters.timer("adaptive.credit.stalls", tags, "Time that messages waited for credit",
					of(scope, TrafficStatistics::stalls), of(scope, TrafficStatistics::stallNanos));
			bindDroppedAnswers(meters, scope, tags);
			meters.gauge("adaptive.credit.stalled", "messages", tags, "Messages that wait for credit",
					(now) -> of(scope, TrafficStatistics::stalled).applyAsLong(now));
		}
	}

	private static void bindFrames(NodeMeters meters, Scope scope, Tags tags) {
		String description = "Frames that arrived or left; within a process, what was handed over";
		meters.counter("adaptive.traffic.frames", "frames", tags.and("direction", "in"), description,
				of(scope, TrafficStatistics::framesIn));
		meters.counter("adaptive.traffic.frames", "frames", tags.and("direction", "out"), description,
				of(scope, TrafficStatistics::framesOut));
	}

	private static void bindBytes(NodeMeters meters, Scope scope, Tags tags) {
		String description = "Bytes of the frames that arrived or left";
		meters.counter("adaptive.traffic.bytes", "bytes", tags.and("direction", "in"), description,
				of(scope, TrafficStatistics::bytesIn));
		meters.counter("adaptive.traffic.bytes", "bytes", tags.and("direction", "out"), description,
				of(scope, TrafficStatistics::bytesOut));
	}

	private static void bindConnections(NodeMeters meters, Scope scope, Tags tags) {
		String description = "Connections that are open";
		meters.gauge("adaptive.connections", "connections", tags.and("side", "client"), description,
				(now) -> of(scope, TrafficStatistics::clientConnections).applyAsLong(now));
		meters.gauge("adaptive.connections", "connections", tags.and("side", "server"), description,
				(now) -> of(scope, TrafficStatistics::serverConnections).applyAsLong(now));
		meters.gauge("adaptive.streams", "streams", tags, "Open streams, including default streams",
				(now) -> of(scope, TrafficStatistics::streams).applyAsLong(now));
	}

	private static void bindDroppedAnswers(NodeMeters meters, Scope scope, Tags tags) {
		String description = "Answers to one-way messages that were dropped";
		meters.counter("adaptive.answers.dropped", "messages", tags.and("side", "client"), description,
				of(scope, TrafficStatistics::answersReported));
		meters.counter("adaptive.answers.dropped", "messages", tags.and("side", "server"), description,
				of(scope, TrafficStatistics::answersDropped));
	}

	private static ToLongFunction<NodeStatistics> of(Scope scope, ToLongFunction<TrafficStatistics> number) {
		return (now) -> number.applyAsLong(Objects.requireNonNull(now.traffic().get(scope)));
	}

}
