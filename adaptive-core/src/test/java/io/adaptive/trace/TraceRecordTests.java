package io.adaptive.trace;

import java.lang.reflect.InvocationTargetException;
import java.time.Instant;
import java.util.UUID;

import io.adaptive.message.Scope;
import io.adaptive.message.TraceTag;
import io.adaptive.message.TraceToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * {@link TraceRecord}, and what else strangers send.
 */
class TraceRecordTests {

	private static final Object[] COMPLETE = { new TraceToken(new UUID(1, 2), 0), 1L, 0L, TraceEvent.HANDLER,
			Instant.EPOCH, "p", "s/a", "somewhere", "T", "text", TraceRecord.Content.MESSAGE, Scope.OS, "p#1", "p#2",
			1L };

	private static void make(int index, Object part) throws Throwable {
		Object[] parts = COMPLETE.clone();
		parts[index] = part;
		try {
			TraceRecord.class.getConstructors()[0].newInstance(parts);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 })
	@SuppressWarnings("NullAway")
	void aRecordThatLacksAPartIsNone(int index) {
		assertThatNullPointerException().isThrownBy(() -> make(index, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "+1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z",
			"+10000-01-01T00:00:00Z", "0000-12-31T23:59:59Z" })
	void aTimeThatCannotBeShownIsRefused(String time) {
		assertThatIllegalArgumentException().isThrownBy(() -> make(4, Instant.parse(time)))
			.withMessageContaining("years 1 to 9999");
	}

	@Test
	@SuppressWarnings("NullAway")
	void tokensAndTagsAreComplete() {
		assertThatNullPointerException().isThrownBy(() -> new TraceToken(null, 0));
		assertThatNullPointerException().isThrownBy(() -> new TraceTag(null, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new TraceTag(new TraceToken(new UUID(1, 2), 0), 0));
	}

}
