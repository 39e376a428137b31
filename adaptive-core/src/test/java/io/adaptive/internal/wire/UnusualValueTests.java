package io.adaptive.internal.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.adaptive.fixture.SameValue;
import io.adaptive.fixture.SampleValues;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.UnusualValues;
import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Values whose class nothing declares: those that are encoded are decoded, the others are
 * refused at their sender.
 */
class UnusualValueTests {

	private static final RegisteredTypes REGISTERED = RegisteredTypes.of(List.of(Open.class));

	private static final Set<Integer> DEPTHS = Set.of(100, 150, 240, 490, 500, 501);

	/**
	 * Fory interprets; the test below generates.
	 */
	static Stream<PayloadCodec> codecs() {
		return Stream.of("fory", "json", "cbor").map((name) -> Codecs.available(name, REGISTERED, (work) -> {
		}).preferred());
	}

	private static byte[] encode(PayloadCodec codec, Object message) {
		return codec.encode(message, Arrays::copyOf);
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void whatIsEncodedIsDecodedAsItWas(PayloadCodec codec) {
		List<Object> values = UnusualValues.all().toList();
		int refused = 0;
		for (Object value : values) {
			byte[] encoded;
			try {
				encoded = encode(codec, value);
			}
			catch (MessageCodecException ex) {
				assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT);
				assertThat(ex.getMessage()).contains(value.getClass().getName(), "component value", ";");
				refused++;
				continue;
			}
			Object back = codec.decode(value.getClass(), encoded);
			assertThat(SameValue.test(value, back)).as("%s sent, %s came back", value, back).isTrue();
		}
		System.out.printf("%s: %d of %d values refused%n", codec.name(), refused, values.size());
		assertThat(refused).isLessThanOrEqualTo(codec.name().equals("fory") ? 22 : 40);
	}

	@Test
	void aCollectionThatACopyWouldChangeIsRefused() {
		PayloadCodec codec = new ForyCodec();
		Map<String, Integer> identity = new IdentityHashMap<>();
		identity.put(new String("a"), 1);
		identity.put(new String("a"), 2);
		Stream.of(new Keys(identity), new Waiting(new PriorityBlockingQueue<>(List.of(3, 1, 2))))
			.forEach((message) -> assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> encode(codec, message))
				.withMessageContaining("component value is of java.util.")
				.withMessageContaining("; convert it"));
	}

	record Keys(Map<String, Integer> value) {
	}

	record Waiting(Queue<Integer> value) {
	}

	@SlowTest
	@Test
	void generatedCodeDoesAsTheInterpreterDoes() {
		whatIsEncodedIsDecodedAsItWas(new ForyCodec(REGISTERED));
		aMessageThatIsNestedTooDeepIsRefusedAtItsSender(new ForyCodec(REGISTERED));
	}

	@Test
	void aCollectionOfAnUnknownClassArrivesAsAPlainOne() {
		PayloadCodec codec = new ForyCodec();
		Map<String, Integer> map = new LinkedHashMap<>(Map.of("k", 1));
		UnusualValues.Many back = codec.decode(UnusualValues.Many.class,
				encode(codec, new UnusualValues.Many(map.values())));
		assertThat(back.value()).isExactlyInstanceOf(ArrayList.class).isEqualTo(List.of(1));
		// A receiver needs not to know the class: it has another instance of the codec.
		assertThat(new ForyCodec()
			.decode(UnusualValues.Many.class, encode(codec, new UnusualValues.Many(new HashMap<>(map).keySet())))
			.value()).isEqualTo(map.keySet());
	}

	@Test
	void aCollectionIsNotSentAsAPlainOneThatItsPlaceDoesNotTake() {
		class Own extends LinkedBlockingQueue<Integer> {

			private static final long serialVersionUID = 1L;

		}
		PayloadCodec codec = new ForyCodec();
		assertThat(codec.decode(Blocking.class, encode(codec, new Blocking(new LinkedBlockingQueue<>(List.of(1)))))
			.value()).containsExactly(1);
		assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> encode(codec, new Blocking(new Own())))
			.withMessageContaining("component value is of " + Own.class.getName() + ", which has no encoding; convert");
	}

	@Test
	void anEnumOfAnEmptySetThatNothingDeclaresIsNamed() {
		assertThatExceptionOfType(MessageCodecException.class)
			.isThrownBy(() -> encode(new ForyCodec(), new Open(EnumSet.noneOf(SampleValues.Op.class))))
			.withMessageContaining("something in it is of " + SampleValues.Op.class.getName());
	}

	/**
	 * Each form adds one level, or two, to its content.
	 */
	private static List<UnaryOperator<@Nullable Object>> forms() {
		return List.of((next) -> new Chain((Chain) next),
				(next) -> new Tree((next != null) ? List.of((Tree) next) : List.of()),
				(next) -> new Choice(Optional.ofNullable((Choice) next)),
				(next) -> new Named((next != null) ? Map.of("k", (Named) next) : Map.of()),
				(next) -> new Array((next != null) ? new Array[] { (Array) next } : new Array[0]), Open::new,
				(next) -> new Open((next != null) ? List.of(next) : null),
				(next) -> new Open((next != null) ? Map.of("k", next) : null),
				(next) -> new Open(Collections.unmodifiableList(Arrays.asList(next))),
				(next) -> new Open(new Object[] { next }));
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aMessageThatIsNestedTooDeepIsRefusedAtItsSender(PayloadCodec codec) {
		for (UnaryOperator<@Nullable Object> form : forms()) {
			Object message = null;
			int decoded = 0;
			for (int depth = 1; depth <= ValueCheck.MAX_DEPTH + 1; depth++) {
				message = form.apply(message);
				if (DEPTHS.contains(depth)) {
					Object sent = message;
					byte[] encoded;
					try {
						encoded = encode(codec, sent);
					}
					catch (MessageCodecException ex) {
						assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT);
						assertThat(ex).hasMessageContaining("nested more than 500 deep")
							.satisfies((each) -> assertThat(each.getMessage()).hasSizeLessThan(400));
						continue;
					}
					codec.decode(sent.getClass(), encoded);
					decoded = depth;
				}
			}
			assertThat(decoded).as("%s", message.getClass()).isBetween(100, ValueCheck.MAX_DEPTH);
		}
	}

	/**
	 * What a sender with another limit sends, a receiver refuses by its own, which is
	 * twice as high: it counts the wrappers of types, too.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "fory", "json", "cbor" })
	void theLimitOfLevelsIsASettingAndHoldsAtBothEnds(String name) {
		PayloadCodec low = limited(name, 20);
		PayloadCodec high = limited(name, 2000);
		for (UnaryOperator<@Nullable Object> form : forms()) {
			Object message = null;
			for (int depth = 1; depth <= 100; depth++) {
				message = form.apply(message);
				Object sent = message;
				if (depth <= 5) {
					low.decode(sent.getClass(), encode(low, sent));
				}
			}
			Object deep = message;
			assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> encode(low, deep))
				.withMessageContaining("nested more than 20 deep")
				.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
			byte[] encoded = encode(high, deep);
			high.decode(deep.getClass(), encoded);
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> low.decode(deep.getClass(), encoded))
				.withMessageContaining("nested too deep");
		}
	}

	private static PayloadCodec limited(String name, int maxDepth) {
		return Codecs.available(name, REGISTERED, (work) -> {
		}, maxDepth).preferred();
	}

	record Blocking(BlockingQueue<Integer> value) {
	}

	record Open(@Nullable Object value) {
	}

	record Chain(@Nullable Chain next) {
	}

	record Tree(List<Tree> children) {
	}

	record Choice(Optional<Choice> next) {
	}

	record Named(Map<String, Named> children) {
	}

	record Array(Array[] children) {
	}

}
