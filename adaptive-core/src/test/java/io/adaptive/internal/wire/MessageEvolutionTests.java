package io.adaptive.internal.wire;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.fixture.CompiledSource;
import io.adaptive.message.MessageCodecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One program has an older version of a message than the other.
 */
class MessageEvolutionTests {

	private static Object transfer(Object message, Class<?> target) {
		return new ForyCodec().decode(target, new ForyCodec().encode(message, Arrays::copyOf));
	}

	@Test
	void aComponentMayBeAddedOnEitherSide() {
		CompiledSource old = CompiledSource.of("public record Person(String name, int age) { }");
		CompiledSource changed = CompiledSource
			.of("public record Person(int points, String name, String city, int age, java.util.List<String> tags) { }");
		assertThat(transfer(old.record("Person", "Ann", 42), changed.type("Person")))
			.hasToString("Person[points=0, name=Ann, city=null, age=42, tags=null]");
		assertThat(transfer(changed.record("Person", 7, "Ann", "Rome", 42, List.of("x")), old.type("Person")))
			.hasToString("Person[name=Ann, age=42]");
	}

	@Test
	void allComponentsMayBeReplaced() {
		CompiledSource old = CompiledSource.of("public record Person(String name, int age) { }");
		CompiledSource changed = CompiledSource.of("public record Person(long id) { }");
		assertThat(transfer(old.record("Person", "Ann", 42), changed.type("Person"))).hasToString("Person[id=0]");
		assertThat(transfer(changed.record("Person", 7L), old.type("Person"))).hasToString("Person[name=null, age=0]");
	}

	@Test
	void aComponentOfANestedRecordMayBeAddedOnEitherSide() {
		CompiledSource old = CompiledSource
			.of("public record Order(java.util.List<Line> lines) { } public record Line(String what) { }");
		CompiledSource changed = CompiledSource
			.of("public record Order(java.util.List<Line> lines, Line gift) { } public record Line(String what, Integer count) { }");
		Object order = old.record("Order", List.of(old.record("Line", "a"), old.record("Line", "b")));
		assertThat(transfer(order, changed.type("Order")))
			.hasToString("Order[lines=[Line[what=a, count=null], Line[what=b, count=null]], gift=null]");
		Object changedOrder = changed.record("Order", List.of(changed.record("Line", "a", 1)),
				changed.record("Line", "b", 2));
		assertThat(transfer(changedOrder, old.type("Order"))).hasToString("Order[lines=[Line[what=a]]]");
	}

	@Test
	void aNewClassThatTheOldSideDoesNotKnowIsRefusedOrLeftOut() {
		CompiledSource old = CompiledSource.of("public record Order(String what) { }");
		CompiledSource changed = CompiledSource
			.of("public record Order(String what, Gift gift) { } public record Gift(String name) { }");
		Object order = changed.record("Order", "a", changed.record("Gift", "g"));
		assertThat(transfer(changed.record("Order", "a", null), old.type("Order"))).hasToString("Order[what=a]");
		assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> transfer(order, old.type("Order")));
	}

	@Test
	void aConstantThatWasInsertedIsNotTakenForAnother() {
		CompiledSource old = CompiledSource
			.of("public record Paint(Colour colour) { } public enum Colour { RED, BLUE }");
		CompiledSource changed = CompiledSource
			.of("public record Paint(Colour colour) { } public enum Colour { RED, GREEN, BLUE }");
		Object blue = changed.record("Paint", changed.constant("Colour", "BLUE"));
		assertThat(transfer(blue, old.type("Paint"))).hasToString("Paint[colour=BLUE]");
		assertThat(transfer(old.record("Paint", old.constant("Colour", "BLUE")), changed.type("Paint")))
			.hasToString("Paint[colour=BLUE]");
		Object green = changed.record("Paint", changed.constant("Colour", "GREEN"));
		assertThatExceptionOfType(MessageCodecException.class).isThrownBy(() -> transfer(green, old.type("Paint")));
	}

	static Stream<Arguments> changedTypes() {
		return Stream.of(Arguments.of("long", "int", 1L << 40), Arguments.of("String", "int", "many"),
				Arguments.of("String", "boolean", "many"), Arguments.of("double", "int", 0.5),
				Arguments.of("java.util.List<String>", "String", List.of("a")),
				Arguments.of("String", "java.util.List<String>", "a"),
				Arguments.of("java.util.List<String>", "java.util.List<Integer>", List.of("a")),
				Arguments.of("String", "byte[]", "a"), Arguments.of("java.time.Instant", "String", Instant.EPOCH));
	}

	@ParameterizedTest
	@MethodSource("changedTypes")
	void aValueThatDoesNotFitTheChangedTypeIsRefusedAndNeverMisread(String before, String after, Object value) {
		CompiledSource old = CompiledSource.of("public record Person(String name, %s age) { }".formatted(before));
		CompiledSource changed = CompiledSource.of("public record Person(String name, %s age) { }".formatted(after));
		assertThatExceptionOfType(MessageCodecException.class)
			.isThrownBy(() -> transfer(old.record("Person", "Ann", value), changed.type("Person")));
	}

	@Test
	void aNumberMayBecomeABox() {
		CompiledSource primitive = CompiledSource.of("public record Person(int age) { }");
		CompiledSource box = CompiledSource.of("public record Person(Integer age) { }");
		assertThat(transfer(primitive.record("Person", 42), box.type("Person"))).hasToString("Person[age=42]");
		assertThat(transfer(box.record("Person", 42), primitive.type("Person"))).hasToString("Person[age=42]");
	}

	@Test
	void aRenamedClassWithAMessageNameIsTheSameMessage() {
		CompiledSource old = CompiledSource
			.of("@io.adaptive.annotation.Message(\"person\") public record Person(String name) { }");
		CompiledSource changed = CompiledSource
			.of("@io.adaptive.annotation.Message(\"person\") public record Human(String name) { }");
		assertThat(transfer(old.record("Person", "Ann"), changed.type("Human"))).hasToString("Human[name=Ann]");
	}

}
