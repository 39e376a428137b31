package io.adaptive.internal.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entries of maps whose classes are of the application or of a library: behind
 * {@link Map.Entry} they arrive as plain ones, and declared by their class as they are.
 */
class OwnEntryTests {

	private static PayloadCodec codec(String name) {
		return Codecs.available(name, RegisteredTypes.NONE, (work) -> {
		}).preferred();
	}

	private static <T> T sent(String codec, T message) {
		@SuppressWarnings("unchecked")
		Class<T> type = (Class<T>) message.getClass();
		return codec(codec).decode(type, codec(codec).encode(message, Arrays::copyOf));
	}

	@ParameterizedTest
	@ValueSource(strings = { "fory", "json", "cbor" })
	void anEntryArrivesAsAPlainOne(String codec) {
		TreeMap<String, Integer> map = new TreeMap<>(Map.of("a", 1));
		for (Map.Entry<String, Integer> entry : List.of(new Own("a", 1), map.firstEntry(),
				map.entrySet().iterator().next(), Map.entry("a", 1))) {
			Holder back = sent(codec, new Holder(entry));
			assertThat(back.entry()).isEqualTo(Map.entry("a", 1));
			assertThat(back.entry().getClass().getName()).startsWith("java.util.");
			assertThat(sent(codec, new Many(List.of(entry))).entries()).containsExactly(Map.entry("a", 1));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "fory", "json", "cbor" })
	void aDeclaredClassKeepsItsFields(String codec) {
		Declared back = sent(codec, new Declared(new Own("a", 1)));
		assertThat(back.entry()).isExactlyInstanceOf(Own.class).isEqualTo(new Own("a", 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "fory", "json", "cbor" })
	void anEntryIsAMessage(String codec) {
		assertThat(sent(codec, new Own("a", 1))).isExactlyInstanceOf(Own.class).isEqualTo(new Own("a", 1));
	}

	record Holder(Map.Entry<String, Integer> entry) {
	}

	record Many(List<Map.Entry<String, Integer>> entries) {
	}

	record Declared(Own entry) {
	}

	static final class Own implements Map.Entry<String, Integer> {

		private final String key;

		private final int value;

		Own(String key, int value) {
			this.key = key;
			this.value = value;
		}

		@Override
		public String getKey() {
			return this.key;
		}

		@Override
		public Integer getValue() {
			return this.value;
		}

		@Override
		public Integer setValue(Integer value) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Map.Entry<?, ?> entry && this.key.equals(entry.getKey())
					&& Objects.equals(this.value, entry.getValue());
		}

		@Override
		public int hashCode() {
			return this.key.hashCode() ^ this.value;
		}

		@Override
		public String toString() {
			return this.key + "=" + this.value;
		}

	}

}
