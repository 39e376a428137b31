package io.adaptive.internal.wire;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.adaptive.annotation.Message;
import io.adaptive.fixture.SameValue;
import io.adaptive.fixture.SampleValues;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
import io.adaptive.message.TypeReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values on their way through each codec.
 */
class ValueTests {

	private static final RegisteredTypes REGISTERED = RegisteredTypes.of(List.of(Cat.class, Kind.class));

	private static final Map<String, PayloadCodec> CODECS = Map.of("fory", new ForyCodec(REGISTERED), "json",
			JacksonCodec.json(REGISTERED), "cbor", CborCodec.create(REGISTERED));

	/** Never generates code. */
	private static final PayloadCodec INTERPRETED = new ForyCodec(REGISTERED, (work) -> {
	});

	static Stream<PayloadCodec> codecs() {
		return Stream.concat(CODECS.values().stream(), Stream.of(INTERPRETED));
	}

	private static byte[] encode(PayloadCodec codec, Object message) {
		return codec.encode(message, Arrays::copyOf);
	}

	private static Object throughCodec(PayloadCodec codec, Object message) {
		return codec.decode(MessageType.declaringClass(message.getClass()), encode(codec, message));
	}

	/**
	 * An object counts as one, and so does each list.
	 */
	@ParameterizedTest
	@MethodSource("codecs")
	void aMessageIsNestedUpToTheLimit(PayloadCodec codec) {
		Chain chain = new Chain(0, null);
		Tree tree = new Tree(0, List.of());
		for (int depth = 1; depth < ValueCheck.MAX_DEPTH; depth++) {
			chain = new Chain(depth, chain);
			tree = (depth % 2 == 0) ? new Tree(depth, List.of(tree)) : tree;
		}
		assertThat(((Chain) throughCodec(codec, chain)).number()).isEqualTo(ValueCheck.MAX_DEPTH - 1);
		assertThat(throughCodec(codec, tree)).isInstanceOf(Tree.class);
	}

	record Chain(int number, @Nullable Chain next) {
	}

	record Tree(int number, List<Tree> children) {
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aValueComesBackEqualOrIsRefusedAtItsSender(PayloadCodec codec) {
		int equal = 0;
		List<Object> values = SampleValues.all().toList();
		assertThat(values).hasSizeGreaterThanOrEqualTo(300);
		for (Object value : values) {
			byte[] encoded;
			try {
				encoded = encode(codec, value);
			}
			catch (MessageCodecException ex) {
				assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT);
				assertThat(ex.getMessage()).contains(value.getClass().getName(), "component", ";")
					.doesNotContain("Fory#", "erializer", "vulnerability");
				continue;
			}
			Object back = codec.decode(MessageType.declaringClass(value.getClass()), encoded);
			assertThat(SameValue.test(value, back)).as("%s sent, %s came back", value, back).isTrue();
			equal++;
		}
		// Of 330, at most these many are refused.
		assertThat(values.size() - equal).isLessThanOrEqualTo(17);
	}

	@ParameterizedTest
	@ValueSource(strings = { "fory", "json", "cbor" })
	void whatAReceiverSendsBackIsDecodedByItsSender(String name) {
		for (Object value : List.of(
				new SampleValues.EnumKinds(EnumSet.allOf(SampleValues.Colour.class),
						new EnumMap<>(Map.of(SampleValues.Colour.GREEN, SampleValues.Op.ADD))),
				new SampleValues.Any(DayOfWeek.MONDAY), new Holder(Kind.WILD),
				new SampleValues.AnyMap(Map.of("k", StandardCharsets.US_ASCII)),
				new SampleValues.AnyMap(Map.of("k", Path.of("a"))))) {
			PayloadCodec sender = Codecs.available(name, REGISTERED).preferred();
			PayloadCodec receiver = Codecs.available(name, REGISTERED).preferred();
			Object received = receiver.decode(value.getClass(), encode(sender, value));
			assertThat(sender.decode(value.getClass(), encode(receiver, received))).isEqualTo(value);
		}
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aRegisteredTypeMayStandWhereTheMessageDeclaresNone(PayloadCodec codec) {
		for (Object value : List.of(new Holder(new Cat("tom", 9)), new Holder(Kind.WILD), new Pet(new Cat("tom", 9)),
				new Holder(List.of(new Cat("a", 1), 5L)), new Holder(Map.of("k", new Cat("a", 1))))) {
			assertThat(throughCodec(codec, value)).isEqualTo(value);
		}
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aTypeThatIsNotRegisteredIsRefusedAtItsSender(PayloadCodec codec) {
		for (Object value : List.of(new Holder(new Dog("rex")), new Pet(new Dog("rex")),
				new Holder(List.of(new Dog("rex"))))) {
			assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> encode(codec, value))
				.withMessageContaining(value.getClass().getName())
				.withMessageContaining(Dog.class.getName())
				.withMessageContaining("component")
				.withMessageContaining("adaptive.registered-types")
				.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
		}
	}

	@Test
	void aTypeThatOnlyTheSenderRegisteredIsNeverMadeAtTheReceiver() {
		for (String name : CODECS.keySet()) {
			byte[] encoded = encode(Codecs.available(name, RegisteredTypes.of(List.of(Dog.class))).preferred(),
					new Holder(new Dog("rex")));
			int made = Dog.made;
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> CODECS.get(name).decode(Holder.class, encoded));
			assertThat(Dog.made).isEqualTo(made);
		}
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void anObjectOfASubclassIsNotSentAsOneOfTheDeclaredClass(PayloadCodec codec) {
		assertThatExceptionOfType(MessageCodecException.class)
			.isThrownBy(() -> encode(codec, new Garage(new FastCar(1, 300))))
			.withMessageContaining("component car")
			.withMessageContaining(FastCar.class.getName());
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aConstructorThatRefusesItsValuesTellsWhy(PayloadCodec codec) {
		byte[] encoded = encode(codec, new Lax(-7));
		assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> codec.decode(Strict.class, encoded))
			.withMessageContaining("the amount -7 is negative")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void anErrorInAConstructorIsACodecException(PayloadCodec codec) {
		for (int round = 0; round < 20; round++) {
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> codec.decode(Failing.class, encode(codec, new Fine(1))))
				.withMessageContaining("no way");
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> codec.decode(Broken.class, encode(codec, new Intact(1))))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INTERNAL));
		}
		assertThat(throughCodec(codec, new Fine(1))).isEqualTo(new Fine(1));
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void tooLittleMemoryIsNotTheFaultOfTheMessage(PayloadCodec codec) {
		byte[] encoded = encode(codec, new Small(1));
		assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> codec.decode(Huge.class, encoded))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aMessageThatContainsItselfIsRefused(PayloadCodec codec) {
		Loop loop = new Loop();
		loop.next = loop;
		assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> encode(codec, loop))
			.withMessageContaining("contains itself");
		assertThat(throughCodec(codec, new Fine(1))).isEqualTo(new Fine(1));
	}

	@Test
	void anOrderThatDoesNotTravelIsRefused() {
		TreeSet<String> backwards = new TreeSet<>((one, other) -> other.compareTo(one));
		backwards.addAll(List.of("a", "b"));
		codecs().forEach((codec) -> assertThatExceptionOfType(MessageCodecException.class)
			.isThrownBy(() -> encode(codec, new Sorted(backwards)))
			.withMessageContaining("component names is sorted by a comparator"));
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aContainerComesBackAsWhatItHolds(PayloadCodec codec) {
		Map<TypeReference<?>, Object> values = Map.of(new TypeReference<List<List<Integer>>>() {
		}, List.of(List.of(1), List.of(), List.of(2)), new TypeReference<Map<String, Set<Long>>>() {
		}, Map.of("a", Set.of(5L), "b", Set.of()), new TypeReference<Holds<Long>>() {
		}, new Holds<>(5L), new TypeReference<List<Holds<Long>>>() {
		}, List.of(new Holds<>(5L)), new TypeReference<Map<Integer, Cat>>() {
		}, Map.of(3, new Cat("tom", 9)), new TypeReference<List<Optional<String>>>() {
		}, List.of(Optional.of("a"), Optional.empty()));
		values.forEach((type,
				value) -> assertThat(SameValue.test(value, codec.decode(type.messageType(), encode(codec, value))))
					.as("%s", type)
					.isTrue());
	}

	/**
	 * JSON and CBOR have one number for all sizes and do not name the types of elements.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "json", "cbor" })
	void aContainerThatDoesNotSayWhatItHoldsIsRefused(String name) {
		PayloadCodec codec = CODECS.get(name);
		for (Object mixed : List.of(List.of(1, "a"), List.of(1, 2L), Map.of("a", 1, "b", List.of()))) {
			assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> encode(codec, mixed))
				.withMessageContaining("its elements have no type in common")
				.withMessageContaining("; use a record")
				.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
		}
		byte[] encoded = encode(codec, List.of(5L));
		for (TypeReference<?> open : List.of(new TypeReference<List<Object>>() {
		}, new TypeReference<List<?>>() {
		}, new TypeReference<List<Number>>() {
		}, new TypeReference<Collection<Animal>>() {
		})) {
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> codec.decode(open.messageType(), encoded))
				.withMessageContaining("does not say what it holds");
		}
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void anElementOfAnotherTypeIsNeverTurnedIntoTheDeclaredOne(PayloadCodec codec) {
		for (Map.Entry<Object, TypeReference<?>> wrong : Map
			.<Object, TypeReference<?>>of(List.of(1.5), new TypeReference<List<Integer>>() {
			}, List.of("5"), new TypeReference<List<Integer>>() {
			}, List.of(5), new TypeReference<List<String>>() {
			}, List.of(true), new TypeReference<List<String>>() {
			}, List.of(1), new TypeReference<List<Boolean>>() {
			})
			.entrySet()) {
			byte[] encoded = encode(codec, wrong.getKey());
			assertThatExceptionOfType(MessageCodecException.class).as("%s as %s", wrong.getKey(), wrong.getValue())
				.isThrownBy(() -> codec.decode(wrong.getValue().messageType(), encoded));
		}
	}

	record Holds<T>(T value) {
	}

	interface Animal {

	}

	record Cat(String name, int lives) implements Animal {
	}

	enum Kind {

		TAME, WILD {
			@Override
			public String toString() {
				return "fierce";
			}
		}

	}

	static final class Dog implements Animal {

		static int made;

		String name;

		Dog() {
			made++;
		}

		Dog(String name) {
			this.name = name;
			made++;
		}

	}

	record Holder(Object content) {
	}

	record Pet(Animal animal) {
	}

	static class Car {

		int wheels;

		Car() {
		}

		Car(int wheels) {
			this.wheels = wheels;
		}

	}

	static final class FastCar extends Car {

		int speed;

		FastCar(int wheels, int speed) {
			super(wheels);
			this.speed = speed;
		}

	}

	record Garage(Car car) {
	}

	@Message("test.amount")
	record Lax(int amount) {
	}

	@Message("test.amount")
	record Strict(int amount) {

		Strict {
			if (amount < 0) {
				throw new IllegalArgumentException("the amount %d is negative".formatted(amount));
			}
		}

	}

	@Message("test.failing")
	record Fine(int value) {
	}

	@Message("test.failing")
	record Failing(int value) {

		Failing {
			if (value > 0) {
				throw new AssertionError("no way");
			}
		}

	}

	@Message("test.broken")
	record Intact(int value) {
	}

	@Message("test.broken")
	record Broken(int value) {

		static final int LIMIT = limit();

		private static int limit() {
			throw new IllegalStateException("no limit");
		}

	}

	@Message("test.size")
	record Small(int value) {
	}

	@Message("test.size")
	record Huge(int value) {

		Huge {
			if (value > 0) {
				throw new OutOfMemoryError("as if");
			}
		}

	}

	static final class Loop {

		Loop next;

	}

	record Sorted(TreeSet<String> names) {
	}

}
