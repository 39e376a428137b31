package io.adaptive.internal.wire;

import java.beans.ConstructorProperties;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.adaptive.message.TypeReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EncodingObstacle}.
 */
class EncodingObstacleTests {

	@Test
	void whatConsistsOfKnownTypesIsNoObstacle() {
		assertThat(EncodingObstacle.of(Fine.class)).isEmpty();
		assertThat(EncodingObstacle.of(String.class)).isEmpty();
		assertThat(EncodingObstacle.of(Derived.class)).isEmpty();
	}

	@Test
	void openTypeIsNamedWithItsPlace() {
		assertThat(EncodingObstacle.of(WithOpen.class)).hasValueSatisfying((text) -> assertThat(text).isEqualTo(
				"part in %s is of type %s, which is neither concrete nor sealed, so that its concrete type is unknown"
					.formatted(WithOpen.class.getName(), Open.class.getName())));
	}

	@Test
	void openTypeIsFoundWithinCollectionsAndOtherMessages() {
		assertThat(EncodingObstacle.of(Nested.class))
			.hasValueSatisfying((text) -> assertThat(text).startsWith("part in " + WithOpen.class.getName()));
		assertThat(EncodingObstacle.of(WithMap.class))
			.hasValueSatisfying((text) -> assertThat(text).startsWith("parts in " + WithMap.class.getName()));
	}

	@Test
	void thePathFromTheMessageIsTold() {
		assertThat(EncodingObstacle.of(Deep.class))
			.hasValueSatisfying((text) -> assertThat(text).startsWith("part in %s (orders.list.part of %s) is of type"
				.formatted(WithOpen.class.getName(), Deep.class.getName())));
		assertThat(EncodingObstacle.of(WithInner.class)).hasValueSatisfying((text) -> assertThat(text)
			.startsWith("%s (choice.inner of %s) belongs".formatted(Inner.class.getName(), WithInner.class.getName())));
	}

	@Test
	void innerClassIsNamed() {
		assertThat(EncodingObstacle.of(Inner.class)).hasValueSatisfying(
				(text) -> assertThat(text).startsWith(Inner.class.getName() + " belongs to an object around it"));
	}

	/**
	 * The codecs refuse values of types that the annotation names and the program does
	 * not register.
	 */
	@Test
	void typeThatNamesItsTypesForJacksonIsOpen() {
		assertThat(EncodingObstacle.of(WithNamed.class)).hasValueSatisfying(
				(text) -> assertThat(text).startsWith("part in %s is of type".formatted(WithNamed.class.getName())));
	}

	static Stream<Arguments> obstacles() {
		return Stream.of(Arguments.of(WithOpen.class, "part in ", Set.of("fory", "json", "cbor")),
				Arguments.of(WithNamed.class, "part in ", Set.of("fory", "json", "cbor")),
				Arguments.of(Inner.class, Inner.class.getName(), Set.of("fory", "json", "cbor")),
				Arguments.of(WithTask.class, "task in ", Set.of("fory", "json", "cbor")),
				Arguments.of(WithKeys.class, "component keys of ", Set.of("json", "cbor")),
				Arguments.of(new TypeReference<Map<One, String>>() {
				}.messageType().genericType(), "java.util.Map<", Set.of("json", "cbor")),
				Arguments.of(new TypeReference<List<Object>>() {
				}.messageType().genericType(), "java.util.List<", Set.of("json", "cbor")),
				Arguments.of(new TypeReference<List<One>>() {
				}.messageType().genericType(), "", Set.of()),
				Arguments.of(new TypeReference<Map<UUID, List<Closed>>>() {
				}.messageType().genericType(), "", Set.of()), Arguments.of(WithJdk.class, "", Set.of()),
				Arguments.of(Fine.class, "", Set.of()));
	}

	@ParameterizedTest
	@MethodSource("obstacles")
	void eachCodecHasObstaclesOfItsOwn(Type type, String start, Set<String> codecs) {
		for (String codec : Codecs.namesOnClassPath()) {
			Optional<String> obstacle = EncodingObstacle.of(type, RegisteredTypes.NONE, codec);
			assertThat(obstacle.isPresent()).as("%s with %s: %s", type, codec, obstacle)
				.isEqualTo(codecs.contains(codec));
			obstacle.ifPresent((text) -> assertThat(text).startsWith(start));
		}
	}

	@Test
	void aRegisteredTypeRemovesTheObstacleOfEachCodec() {
		RegisteredTypes registered = RegisteredTypes.of(List.of(Implementation.class));
		assertThat(Codecs.namesOnClassPath()).containsExactlyInAnyOrder("fory", "json", "cbor").allSatisfy((codec) -> {
			assertThat(EncodingObstacle.of(WithOpen.class, registered, codec)).isEmpty();
			PayloadCodec made = Codecs.available(codec, registered).preferred();
			WithOpen message = new WithOpen(1, new Implementation(2));
			assertThat(made.decode(WithOpen.class, made.<byte[]>encode(message, Arrays::copyOf))).isEqualTo(message);
		});
	}

	interface Open {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	interface Named {

	}

	sealed interface Closed permits One, Two {

	}

	record One(int value) implements Closed {

	}

	enum Two implements Closed {

		A {
			@Override
			void act() {
			}
		};

		abstract void act();

	}

	record Fine(List<Closed> list, Map<String, One[]> map, Two two, Object anything, CharSequence text) {

	}

	abstract static class Base {

		int number;

	}

	static class Derived extends Base {

		String text = "";

	}

	record WithOpen(int first, Open part) {

	}

	record Nested(List<WithOpen> list) {

	}

	record Deep(String name, Map<String, Nested[]> orders) {

	}

	sealed interface Choice permits Chosen {

	}

	record Chosen(List<Inner> inner) implements Choice {

	}

	record WithInner(int first, Choice choice) {

	}

	record Implementation(int value) implements Open {

	}

	record WithTask(Runnable task) {

	}

	record WithKeys(Map<One, String> keys) {

	}

	record WithJdk(Object any, Number number, Comparable<?> comparable, CharSequence text, Iterable<String> texts,
			Map<Two, List<UUID>> map, Map<Object, Integer> open, Optional<Closed> closed) {

	}

	record WithMap(Map<String, Open[]> parts) {

	}

	record WithNamed(Named part) {

	}

	class Inner {

		int number = EncodingObstacleTests.this.hashCode();

	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "cbor" })
	void aClassThatCannotBeMadeIsNamedWithItsPathAndAWayOut(String codec) {
		assertThat(EncodingObstacle.of(HasTwo.class, RegisteredTypes.NONE, codec).orElseThrow()).contains(
				TwoWays.class.getName() + " (two of ", "has 2 constructors, of which none is without parameters",
				"; make it a record");
		assertThat(EncodingObstacle.of(Renamed.class, RegisteredTypes.NONE, codec).orElseThrow())
			.contains("parameter other is the name of none of its fields", "; make it a record");
		for (Class<?> fine : List.of(OneWay.class, Spare.class, ByJackson.class, ByBean.class)) {
			assertThat(EncodingObstacle.of(fine, RegisteredTypes.NONE, codec)).as(fine.getName()).isEmpty();
		}
		for (Class<?> type : List.of(HasTwo.class, Renamed.class)) {
			assertThat(EncodingObstacle.of(type, RegisteredTypes.NONE, "fory")).as(type.getName()).isEmpty();
		}
	}

	record HasTwo(TwoWays two) {
	}

	static final class TwoWays {

		private final String text;

		TwoWays(String text) {
			this.text = text;
		}

		TwoWays(int number) {
			this.text = "" + number;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	static final class Renamed {

		private final String text;

		Renamed(String other) {
			this.text = other;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	static final class OneWay {

		private final String text;

		OneWay(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	static final class Spare {

		private String text;

		private Spare() {
		}

		Spare(String other) {
			this.text = other;
		}

		@Override
		public String toString() {
			return this.text + new Spare().text;
		}

	}

	static final class ByBean {

		private final String text;

		@ConstructorProperties("text")
		ByBean(String text) {
			this.text = text;
		}

		ByBean(int number) {
			this.text = "" + number;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	static final class ByJackson {

		private final String text;

		private ByJackson(String other, int number) {
			this.text = other + number;
		}

		@JsonCreator
		static ByJackson of(@JsonProperty("text") String text) {
			return new ByJackson(text, 1);
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
