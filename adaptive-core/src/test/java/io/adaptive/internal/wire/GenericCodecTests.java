package io.adaptive.internal.wire;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.adaptive.message.MessageCodecException;
import io.adaptive.message.TypeReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Messages of generic classes by their full type, without any registration.
 */
class GenericCodecTests {

	private static final Page<Item> PAGE = new Page<>(List.of(new Item("a", 1), new Item("b", 2)), 7, Optional.empty());

	static Stream<PayloadCodec> codecs() {
		return Stream.of("fory", "json", "cbor").map((name) -> Codecs.available(name).preferred());
	}

	private static void comesBack(PayloadCodec codec, Object value, TypeReference<?> type) {
		byte[] encoded = codec.encode(value, Arrays::copyOf);
		String name = codec.name();
		PayloadCodec receiver = Codecs.available(name).preferred();
		for (int i = 0; i < 2; i++) {
			Object back = receiver.decode(type.messageType(), encoded);
			assertThat(back).as("%s as %s", name, type).isEqualTo(value);
			assertThat(codec.decode(type.messageType(), receiver.encode(back, Arrays::copyOf))).isEqualTo(value);
		}
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aGenericMessageComesBack(PayloadCodec codec) {
		comesBack(codec, PAGE, new TypeReference<Page<Item>>() {
		});
		comesBack(codec, new Page<Item>(List.of(), 0, Optional.of(new Item("last", 3))),
				new TypeReference<Page<Item>>() {
				});
		comesBack(codec, new Page<>(List.of("a", "b"), 2, Optional.empty()), new TypeReference<Page<String>>() {
		});
		comesBack(codec, new Page<>(List.of(LocalDate.of(2026, 1, 2)), 2, Optional.empty()),
				new TypeReference<Page<LocalDate>>() {
				});
		comesBack(codec, new Page<Shape>(List.of(new Circle(1), new Square(2)), 2, Optional.empty()),
				new TypeReference<Page<Shape>>() {
				});
		comesBack(codec, new Pair<>(PAGE, new Pair<>(5L, new Item("x", 1))),
				new TypeReference<Pair<Page<Item>, Pair<Long, Item>>>() {
				});
		comesBack(codec, new Result<>(new Item("x", 1), null), new TypeReference<Result<Item>>() {
		});
		comesBack(codec, new Result<Item>(null, Colour.RED), new TypeReference<Result<Item>>() {
		});
		comesBack(codec, new Pair<>(Colour.RED, Map.of("k", new Item("x", 1))),
				new TypeReference<Pair<Colour, Map<String, Item>>>() {
				});
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aContainerOfGenericMessagesComesBack(PayloadCodec codec) {
		comesBack(codec, List.of(PAGE, PAGE), new TypeReference<List<Page<Item>>>() {
		});
		comesBack(codec, Map.of("k", PAGE), new TypeReference<Map<String, Page<Item>>>() {
		});
		comesBack(codec, new Holder(PAGE), new TypeReference<Holder>() {
		});
	}

	/**
	 * Nothing is made that the receiver does not name.
	 */
	@ParameterizedTest
	@MethodSource("codecs")
	void aReceiverThatDeclaresAnotherTypeMakesNothingOfIt(PayloadCodec codec) {
		byte[] encoded = codec.encode(new Page<>(List.of(new Square(1)), 1, Optional.empty()), Arrays::copyOf);
		assertThatExceptionOfType(MessageCodecException.class)
			.isThrownBy(() -> codec.decode(new TypeReference<Page<Item>>() {
			}.messageType(), encoded));
		assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> codec.decode(Page.class, encoded));
	}

	record Item(String name, int price) {
	}

	record Page<T>(List<T> content, long total, Optional<T> last) {
	}

	record Pair<A, B>(A first, B second) {
	}

	record Result<T>(@Nullable T value, @Nullable Colour problem) {
	}

	record Holder(Page<Item> page) {
	}

	enum Colour {

		RED

	}

	sealed interface Shape {

	}

	record Circle(int radius) implements Shape {
	}

	record Square(int side) implements Shape {
	}

}
