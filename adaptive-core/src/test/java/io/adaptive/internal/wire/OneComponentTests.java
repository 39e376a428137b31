package io.adaptive.internal.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import io.adaptive.message.MessageType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Classes that are no records and have constructors with few parameters: as messages and
 * as components, with each codec.
 */
class OneComponentTests {

	static Stream<Arguments> messages() {
		List<Object> messages = List.of(new Text("a"), new Text("5"), new Text(""), new Number(-1),
				new Id(new UUID(1, 2)), new Items(List.of("a", "b")), new Items(List.of()), new Kind(Direction.UP),
				new Nested(new Text("a")), new Table(Map.of("k", new Number(1))), new Both("a", 1), new Either("a"),
				new Either(1), new Copied("a"), new Made("a"),
				new Holder(List.of(new Text("a"), new Text("b")), new Either("x")), new Whole(Map.of("k", "v")),
				new Flag(true), new Bytes(new byte[] { 1, 2 }));
		return Stream.of("fory", "json", "cbor")
			.flatMap((codec) -> messages.stream().map((message) -> Arguments.of(codec, message)));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void aMessageComesBackEqual(String name, Object message) {
		PayloadCodec codec = Codecs.available(name, RegisteredTypes.NONE, (work) -> {
		}).preferred();
		byte[] encoded = codec.encode(message, Arrays::copyOf);
		assertThat(codec.decode(MessageType.of(message.getClass()), encoded)).isEqualTo(message);
	}

	private enum Direction {

		UP

	}

	/**
	 * Equal by its components.
	 */
	private abstract static class Value {

		abstract Object component();

		@Override
		public boolean equals(Object other) {
			return other instanceof Value value && value.getClass() == getClass()
					&& Objects.deepEquals(value.component(), component());
		}

		@Override
		public int hashCode() {
			return getClass().hashCode();
		}

		@Override
		public String toString() {
			return getClass().getSimpleName() + component();
		}

	}

	private static final class Text extends Value {

		private final String value;

		Text(String value) {
			this.value = value;
		}

		@Override
		Object component() {
			return this.value;
		}

	}

	private static final class Number extends Value {

		private final int value;

		Number(int value) {
			this.value = value;
		}

		@Override
		Object component() {
			return this.value;
		}

	}

	private static final class Id extends Value {

		private final UUID value;

		Id(UUID value) {
			this.value = value;
		}

		@Override
		Object component() {
			return this.value;
		}

	}

	private static final class Items extends Value {

		private final List<String> value;

		Items(List<String> value) {
			this.value = value;
		}

		@Override
		Object component() {
			return this.value;
		}

	}

	private static final class Kind extends Value {

		private final Direction value;

		Kind(Direction value) {
			this.value = value;
		}

		@Override
		Object component() {
			return this.value;
		}

	}

	private static final class Nested extends Value {

		private final Text value;

		Nested(Text value) {
			this.value = value;
		}

		@Override
		Object component() {
			return this.value;
		}

	}

	private static final class Table extends Value {

		private final Map<String, Number> value;

		Table(Map<String, Number> value) {
			this.value = value;
		}

		@Override
		Object component() {
			return this.value;
		}

	}

	private static final class Whole extends Value {

		private final Map<String, String> value;

		Whole(Map<String, String> value) {
			this.value = value;
		}

		@Override
		Object component() {
			return this.value;
		}

	}

	private static final class Flag extends Value {

		private final boolean value;

		Flag(boolean value) {
			this.value = value;
		}

		@Override
		Object component() {
			return this.value;
		}

	}

	private static final class Bytes extends Value {

		private final byte[] value;

		Bytes(byte[] value) {
			this.value = value;
		}

		@Override
		Object component() {
			return this.value;
		}

	}

	private static final class Both extends Value {

		private final String text;

		private final int number;

		Both(String text, int number) {
			this.text = text;
			this.number = number;
		}

		@Override
		Object component() {
			return this.text + this.number;
		}

	}

	private static final class Holder extends Value {

		private final List<Text> texts;

		private final Either either;

		Holder(List<Text> texts, Either either) {
			this.texts = texts;
			this.either = either;
		}

		@Override
		Object component() {
			return List.of(this.texts, this.either);
		}

	}

	/** With a constructor for codecs, and two for people. */
	private static final class Either extends Value {

		private String text;

		private int number;

		@SuppressWarnings("unused")
		private Either() {
		}

		Either(String text) {
			this.text = text;
		}

		Either(int number) {
			this.number = number;
		}

		@Override
		Object component() {
			return this.text + this.number;
		}

	}

	/** With a constructor that copies. */
	private static final class Copied extends Value {

		private String text;

		@SuppressWarnings("unused")
		private Copied() {
		}

		Copied(String text) {
			this.text = text;
		}

		@SuppressWarnings("unused")
		Copied(Copied other) {
			this.text = other.text;
		}

		@Override
		Object component() {
			return this.text;
		}

	}

	/** With a factory that takes a text. */
	private static final class Made extends Value {

		private final String text;

		Made(String text) {
			this.text = text;
		}

		@SuppressWarnings("unused")
		static Made valueOf(String text) {
			return new Made("made of " + text);
		}

		@Override
		Object component() {
			return this.text;
		}

	}

}
