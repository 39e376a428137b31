package io.adaptive.internal.builtin.tracing;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import io.adaptive.message.Scope;
import io.adaptive.message.TraceToken;
import io.adaptive.trace.TraceEvent;
import io.adaptive.trace.TraceRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * What no collector, and nobody who reads one, takes from others.
 */
class HostileRecordsTests {

	private static final TraceToken TOKEN = new TraceToken(new UUID(1, 2), 0);

	private static final TraceRecord RECORD = new TraceRecord(TOKEN, 1, 0, TraceEvent.HANDLER, Instant.EPOCH, "p",
			"s/a", "somewhere", "T", "text", TraceRecord.Content.MESSAGE, Scope.OS, "p#1", "p#2", 1);

	@Test
	void moreRecordsThanAMessageMayHoldAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RecordTraces(Collections.nCopies(65, RECORD)))
			.withMessageContaining("At most 64 records");
	}

	@Test
	@SuppressWarnings("NullAway")
	void recordsThatAreNoneAreRefused() {
		assertThatNullPointerException().isThrownBy(() -> new RecordTraces(Collections.nCopies(1, null)));
		assertThatNullPointerException().isThrownBy(() -> new CollectedTrace(TOKEN, Collections.nCopies(1, null), 0));
	}

	@Test
	@SuppressWarnings("NullAway")
	void tracesThatNoCollectorKeepsAreRefused() {
		assertThatNullPointerException().isThrownBy(() -> new CollectedTrace(null, List.of(), 0));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CollectedTrace(TOKEN, Collections.nCopies(1001, RECORD), 0));
		assertThatIllegalArgumentException().isThrownBy(() -> new CollectedTrace(TOKEN, List.of(), -1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CollectedTrace(new TraceToken(new UUID(1, 2), 1), List.of(RECORD), 0));
	}

}
