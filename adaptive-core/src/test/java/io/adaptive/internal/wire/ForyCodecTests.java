package io.adaptive.internal.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import io.adaptive.annotation.Message;
import io.adaptive.fixture.ParallelThreads;
import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageTooLargeException;
import org.apache.fory.Fory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ForyCodecTests {

	private static final ForyCodec CODEC = new ForyCodec();

	private final ForyCodec codec = shared();

	ForyCodec shared() {
		return CODEC;
	}

	ForyCodec newCodec() {
		return new ForyCodec();
	}

	private byte[] encode(Object message) {
		return this.codec.encode(message, Arrays::copyOf);
	}

	static Stream<Object> messages() {
		Item item = new Item("a", 1);
		Map<String, List<Item>> lists = new LinkedHashMap<>(Map.of("k", List.of(item, new Item("b", 2))));
		return Stream.of(new Empty(), item, new Item(null, -1), new Item("ünï😀\u0000", Integer.MIN_VALUE),
				new Primitives(true, (byte) -1, (short) -2, 'é', -3, Long.MIN_VALUE, 0.5f, Double.MIN_VALUE),
				new Boxes(true, (byte) -1, (short) -2, 'é', -3, Long.MAX_VALUE, 0.5f, Double.NaN),
				new Boxes(null, null, null, null, null, null, null, null),
				new Times(Instant.ofEpochSecond(1, 2), Duration.ofNanos(-3), LocalDate.of(2026, 2, 28),
						LocalDateTime.of(2026, 2, 28, 1, 2, 3, 4),
						ZonedDateTime.of(2026, 2, 28, 1, 2, 3, 4, ZoneOffset.ofHours(2))),
				new Collections(new ArrayList<>(List.of(item)), Set.of("x"), List.of(item, item), List.of(),
						Arrays.asList("a", null), lists),
				new Maybe(Optional.of(item), Optional.empty(), Optional.of("x")), //
				new Colours(Colour.GREEN, EnumSet.of(Colour.RED, Colour.BLUE), new EnumMap<>(Map.of(Colour.RED, 1))),
				new Nested(new Nested.Inner(new Nested.Inner(null, item), null), Map.of(item, Colour.BLUE)),
				new Drawing(new Circle(1), List.of(new Square(2), new Circle(3))), new Circle(7), new Square(8),
				new Numbers(BigDecimal.valueOf(1, 3), BigInteger.TWO.pow(100), new UUID(1, 2)),
				new Sorted(new TreeMap<>(Map.of("b", 1, "a", 2))), new Generic<>(item), new Named("named"),
				new Bean("base", 5));
	}

	@ParameterizedTest
	@MethodSource("messages")
	void whatIsDecodedEqualsWhatWasEncoded(Object message) {
		for (int i = 0; i < 3; i++) {
			assertThat(this.codec.<Object>decode(messageClass(message), encode(message))).isEqualTo(message);
		}
		assertThat(newCodec().<Object>decode(messageClass(message), encode(message))).isEqualTo(message);
	}

	@SuppressWarnings("unchecked")
	private static Class<Object> messageClass(Object message) {
		return (Class<Object>) message.getClass();
	}

	@Test
	void arraysComeBack() {
		Arrays2 message = new Arrays2(new byte[] { 1, -1 }, new int[] { 2 }, new String[] { "a", null },
				new Item[] { new Item("x", 1) }, new double[0], new long[][] { { 1 }, {} });
		Arrays2 decoded = this.codec.decode(Arrays2.class, encode(message));
		assertThat(decoded).usingRecursiveComparison().isEqualTo(message);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 20_000_000 })
	void bytesOfAnySizeComeBack(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		assertThat(this.codec.decode(Blob.class, encode(new Blob(bytes))).bytes()).isEqualTo(bytes);
	}

	@Test
	void oneMessageIsNotPartOfTheNext() {
		byte[] first = encode(new Item("same", 1));
		encode(new Item("x".repeat(100_000), 2));
		assertThat(encode(new Item("same", 1))).isEqualTo(first);
	}

	@Test
	void aUseThatFailsLeavesTheCodecUsable() {
		for (int i = 0; i < 100; i++) {
			assertThatExceptionOfType(MessageTooLargeException.class)
				.isThrownBy(() -> this.codec.encode(new Item("a", 1), (bytes, length) -> {
					throw new MessageTooLargeException("a", length, 0);
				}));
		}
		assertThat(this.codec.decode(Item.class, encode(new Item("a", 1)))).isEqualTo(new Item("a", 1));
	}

	@Test
	void aClassThatTheMessageDoesNotDeclareCannotBeEncoded() {
		assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> encode(new Holder(new Item("a", 1))))
			.withMessageContaining(Holder.class.getName())
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
		assertThat(this.codec.decode(Holder.class, encode(new Holder("text")))).isEqualTo(new Holder("text"));
	}

	@Test
	void aClassThatTheMessageDoesNotDeclareCannotBeDecoded() {
		Fory careless = Fory.builder()
			.withXlang(false)
			.withCompatible(true)
			.requireClassRegistration(false)
			.suppressClassRegistrationWarnings(true)
			.build();
		careless.register(Holder.class, Holder.class.getName());
		byte[] unregistered = careless.serialize(new Holder(new Secret("s")));
		Fory knowing = Fory.builder().withXlang(false).withCompatible(true).build();
		knowing.register(Holder.class, Holder.class.getName());
		knowing.register(Secret.class, Secret.class.getName());
		byte[] registeredThere = knowing.serialize(new Holder(new Secret("s")));
		int made = Secret.made;
		for (byte[] attack : List.of(unregistered, registeredThere)) {
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> this.codec.decode(Holder.class, attack))
				.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.UNKNOWN));
		}
		assertThat(Secret.made).isEqualTo(made);
		assertThat(this.codec.decode(Holder.class, encode(new Holder("text")))).isEqualTo(new Holder("text"));
	}

	@Test
	void aMessageOfAnotherTypeCannotBeDecoded() {
		assertThatExceptionOfType(MessageCodecException.class)
			.isThrownBy(() -> this.codec.decode(Item.class, encode(new Circle(1))))
			.withMessageContaining(Item.class.getName());
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 20, 300 })
	void garbageIsACodecExceptionAndHarmsNothing(long seed) {
		Random random = new Random(seed);
		for (int round = 0; round < 400; round++) {
			byte[] garbage = new byte[random.nextInt(200)];
			random.nextBytes(garbage);
			refuseOrDecode(garbage);
		}
		assertWorks();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 20, 300 })
	void damagedMessagesAreACodecExceptionOrDecodedAndHarmNothing(long seed) {
		Random random = new Random(seed);
		List<Object> messages = messages().toList();
		for (int round = 0; round < 400; round++) {
			Object message = messages.get(random.nextInt(messages.size()));
			byte[] damaged = encode(message);
			for (int i = 0; i <= random.nextInt(3); i++) {
				damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
			}
			if (random.nextInt(4) == 0) {
				damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
			}
			refuseOrDecode(damaged, messageClass(message));
		}
		assertWorks();
	}

	private void refuseOrDecode(byte[] bytes) {
		for (Class<?> type : List.of(Item.class, Collections.class, Drawing.class, Blob.class)) {
			refuseOrDecode(bytes, type);
		}
	}

	private void refuseOrDecode(byte[] bytes, Class<?> type) {
		try {
			Object decoded = this.codec.decode(type, bytes);
			assertThat(decoded).isInstanceOf(type);
		}
		catch (MessageCodecException ex) {
			assertThat(ex.getMessage()).contains(type.getName());
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError("Not a MessageCodecException for " + type + " " + Arrays.toString(bytes), ex);
		}
	}

	private void assertWorks() {
		messages().forEach((message) -> assertThat(this.codec.<Object>decode(messageClass(message), encode(message)))
			.isEqualTo(message));
	}

	@Test
	void aLengthThatCannotBeTrueDoesNotTakeTheMemory() {
		byte[] encoded = encode(new Blob(new byte[100]));
		for (int at = 0; at < encoded.length - 100; at++) {
			byte[] lying = encoded.clone();
			Arrays.fill(lying, at, Math.min(at + 5, encoded.length), (byte) 0xff);
			refuseOrDecode(lying, Blob.class);
			lying[at + 4] = 0x07;
			refuseOrDecode(lying, Blob.class);
		}
	}

	@Test
	void aMessageThatContainsItselfIsACodecExceptionAndHarmsNothing() {
		Bean bean = new Bean("loop", 1);
		bean.next = bean;
		assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> encode(bean))
			.withMessageContaining(Bean.class.getName());
		assertThat(this.codec.decode(Bean.class, encode(new Bean("ok", 2)))).isEqualTo(new Bean("ok", 2));
	}

	@Test
	void anyNumberOfThreadsMayUseItAtOnce() throws Exception {
		ForyCodec shared = newCodec();
		List<Object> messages = messages().toList();
		ParallelThreads.run(32, (number) -> {
			for (int i = 0; i < 300; i++) {
				Object message = messages.get((number + i) % messages.size());
				byte[] encoded = shared.encode(message, Arrays::copyOf);
				assertThat(shared.<Object>decode(messageClass(message), encoded)).isEqualTo(message);
			}
		});
	}

	@Test
	void warmingUpMayHappenAtAnyTimeAndMoreThanOnce() throws Exception {
		ForyCodec shared = newCodec();
		ParallelThreads.run(4, (number) -> {
			shared.warmUp(Collections.class);
			byte[] encoded = shared.encode(new Item("a", number), Arrays::copyOf);
			shared.warmUp(Item.class);
			assertThat(shared.decode(Item.class, encoded)).isEqualTo(new Item("a", number));
		});
	}

	@Test
	void itIsCalledFory() {
		assertThat(this.codec.name()).isEqualTo("fory");
	}

	record Empty() {
	}

	record Item(String name, int count) {
	}

	record Primitives(boolean a, byte b, short c, char d, int e, long f, float g, double h) {
	}

	record Boxes(Boolean a, Byte b, Short c, Character d, Integer e, Long f, Float g, Double h) {
	}

	record Times(Instant instant, Duration duration, LocalDate date, LocalDateTime local, ZonedDateTime zoned) {
	}

	record Collections(List<Item> list, Set<String> set, List<Item> immutable, List<Item> empty, List<String> nulls,
			Map<String, List<Item>> map) {
	}

	record Maybe(Optional<Item> item, Optional<Item> none, Optional<String> text) {
	}

	enum Colour {

		RED, GREEN {
			@Override
			public String toString() {
				return "the colour green";
			}
		},
		BLUE

	}

	record Colours(Colour one, Set<Colour> some, Map<Colour, Integer> weights) {
	}

	record Nested(Inner inner, Map<Item, Colour> map) {

		record Inner(Inner inner, Item item) {
		}

	}

	sealed interface Shape {

	}

	record Circle(int radius) implements Shape {
	}

	record Square(int side) implements Shape {
	}

	record Drawing(Shape first, List<Shape> others) {
	}

	record Numbers(BigDecimal decimal, BigInteger integer, UUID uuid) {
	}

	record Sorted(TreeMap<String, Integer> map) {
	}

	record Generic<T extends Item>(T content) {
	}

	@Message("some.other/name")
	record Named(String text) {
	}

	record Blob(byte[] bytes) {
	}

	record Arrays2(byte[] bytes, int[] numbers, String[] texts, Item[] items, double[] none, long[][] matrix) {
	}

	record Holder(Object content) {
	}

	static class Base {

		String name;

	}

	/**
	 * Not a record, and with an inherited field.
	 */
	static final class Bean extends Base {

		private int number;

		private Bean next;

		private transient int forgotten = 9;

		Bean(String name, int number) {
			this.name = name;
			this.number = number;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Bean bean && this.name.equals(bean.name) && this.number == bean.number
					&& this.next == bean.next;
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.name, this.number, this.forgotten);
		}

	}

	static final class Secret {

		static int made;

		final String text;

		Secret(String text) {
			this.text = text;
			made++;
		}

	}

}
