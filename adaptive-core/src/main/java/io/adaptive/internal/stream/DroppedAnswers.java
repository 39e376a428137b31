package io.adaptive.internal.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.ScopeTraffic;
import org.jspecify.annotations.Nullable;

/**
 * Counts the dropped one-way answers of a connection, by message type and code, at either
 * end. The handlers' end reports the first, second, fourth, eighth and so on of a kind,
 * so that a million of them cost twenty small frames. Thread-safe.
 */
final class DroppedAnswers {

	/**
	 * Maximum number of kinds, since the peer may send any number of unknown type names.
	 */
	static final int MAX_KINDS = 64;

	private static final int MAX_NAME = 1024;

	/** Counts for all kinds beyond the limit. */
	private static final Kind OTHERS = new Kind("other types", ErrorCode.UNKNOWN);

	private final ScopeTraffic traffic;

	/** Created with the first one, since most connections drop none. */
	private volatile @Nullable Map<Kind, AtomicLong> counts;

	DroppedAnswers(ScopeTraffic traffic) {
		this.traffic = traffic;
	}

	/**
	 * Counts an answer that is dropped here.
	 * @param streamId the stream of the one-way message
	 * @param messageType the type of the one-way message
	 * @param error the error, with {@link ErrorCode#OK} for a value
	 * @param reports receives a report when one is due
	 */
	void dropped(int streamId, String messageType, ErrorInfo error, Consumer<Envelope.Report> reports) {
		this.traffic.answerDropped();
		Kind kind = kind(messageType, error);
		long count = count(kind).incrementAndGet();
		if (Long.bitCount(count) == 1) {
			long since = Math.max(1, count / 2);
			reports.accept(new Envelope.Report(streamId, since, kind.messageType, error.printable()));
		}
	}

	/**
	 * Counts answers that the peer has dropped.
	 * @return whether they are the first of their kind
	 */
	boolean reported(Envelope.Report report) {
		this.traffic.answersReported(report.count());
		return count(kind(report.messageType(), report.error())).getAndAdd(Math.max(1, report.count())) == 0;
	}

	private Map<Kind, AtomicLong> counts() {
		Map<Kind, AtomicLong> current = this.counts;
		return (current != null) ? current : makeCounts();
	}

	private synchronized Map<Kind, AtomicLong> makeCounts() {
		Map<Kind, AtomicLong> current = this.counts;
		if (current == null) {
			current = new ConcurrentHashMap<>();
			this.counts = current;
		}
		return current;
	}

	private Kind kind(String messageType, ErrorInfo error) {
		Map<Kind, AtomicLong> counts = counts();
		String name = (messageType.length() > MAX_NAME) ? messageType.substring(0, MAX_NAME) : messageType;
		Kind kind = new Kind(name, error.code());
		return (counts.size() < MAX_KINDS || counts.containsKey(kind)) ? kind : OTHERS;
	}

	private AtomicLong count(Kind kind) {
		Map<Kind, AtomicLong> counts = counts();
		AtomicLong known = counts.get(kind);
		return (known != null) ? known : counts.computeIfAbsent(kind, (added) -> new AtomicLong());
	}

	private record Kind(String messageType, ErrorCode code) {
	}

}
