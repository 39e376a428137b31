package io.adaptive.internal.builtin.tracing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.adaptive.message.Scope;
import io.adaptive.message.TraceToken;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;
import io.adaptive.trace.TraceSelection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link TraceCollector}.
 */
class TraceCollectorTests {

	private static final UUID ID = new UUID(1, 2);

	private final TraceCollector collector = new TraceCollector();

	private static TraceRecord record(int sequence, long order, String text) {
		return new TraceRecord(new TraceToken(ID, sequence), order, 0, TraceEvent.HANDLER, Instant.EPOCH, "p", "s/a",
				"somewhere", "T", text, TraceRecord.Content.MESSAGE, Scope.OS, "p#1", "p#2", order);
	}

	private List<CollectedTrace> read(String selection, boolean keep) {
		List<CollectedTrace> read = this.collector.find(TraceSelection.parse(selection))
			.stream()
			.map(this.collector::read)
			.flatMap(Optional::stream)
			.toList();
		if (!keep) {
			read.forEach(this.collector::clear);
		}
		return read;
	}

	private List<Integer> sequences() {
		return read("all", true).stream().map((each) -> each.token().sequence()).toList();
	}

	@Test
	void whatIsReadIsGoneUnlessItIsKept() {
		this.collector.add(record(0, 1, "x"));
		this.collector.add(record(1, 2, "x"));
		String first = ID + ".0";
		assertThat(read(first, true)).hasSize(1);
		assertThat(read(first, false)).hasSize(1);
		assertThat(read(first, false)).isEmpty();
		assertThat(this.collector.sessions()).isEqualTo(1);
	}

	@Test
	void whatCameSinceItWasReadStays() {
		this.collector.add(record(0, 1, "x"));
		List<CollectedTrace> read = read("all", true);
		this.collector.add(record(0, 2, "x"));
		read.forEach(this.collector::clear);
		assertThat(read("all", true)).singleElement()
			.satisfies((each) -> assertThat(each.records()).containsExactly(record(0, 2, "x")));
	}

	@Test
	void ofTooManySessionsTheOldestGoFirst() {
		for (int i = 0; i < 5000; i++) {
			this.collector.add(record(i, i, "x"));
			this.collector.add(record(0, i, "still at work"));
		}
		assertThat(this.collector.sessions()).isEqualTo(4096);
		assertThat(this.collector.evicted()).isEqualTo(5000 - 4096);
		assertThat(sequences()).hasSize(4096).contains(0, 4999, 905).doesNotContain(1, 904);
	}

	@Test
	void recordsOfASessionAreLimitedAndTheRestIsCounted() {
		for (int i = 0; i < 1500; i++) {
			this.collector.add(record(0, i, "x"));
			this.collector.add(record(0, i, "x"));
		}
		CollectedTrace trace = read("all", false).get(0);
		assertThat(trace.records()).hasSize(1000);
		assertThat(trace.leftOut()).isEqualTo(1000);
	}

	@Test
	void memoryIsLimitedWhateverTheRecordsHold() {
		String large = "x".repeat(1024);
		for (int session = 0; session < 400; session++) {
			for (int i = 0; i < 100; i++) {
				this.collector.add(record(session, i, large));
			}
		}
		long characters = read("all", true).stream()
			.flatMap((each) -> each.records().stream())
			.mapToLong((each) -> each.text().length())
			.sum();
		assertThat(characters).isBetween(10_000_000L, 17_000_000L);
		assertThat(this.collector.evicted()).isPositive();
		assertThat(sequences()).contains(399).doesNotContain(0);
		read("all", false);
		this.collector.add(record(1, 1, "x"));
		assertThat(this.collector.sessions()).isEqualTo(1);
	}

	@Test
	void aStrangersRecordIsCutToSize() {
		TraceRecord record = new TraceRecord(new TraceToken(ID, 0), 1, 0, TraceEvent.HANDLER, Instant.EPOCH,
				"p".repeat(9999), "s".repeat(9999), "c".repeat(9999), "t".repeat(9999), "x\u001b".repeat(9999),
				TraceRecord.Content.MESSAGE, Scope.OS, "p".repeat(9999), "p".repeat(9999), 1);
		assertThat(record.toString()).hasSizeLessThan(2500).doesNotContain("\u001b");
	}

}
