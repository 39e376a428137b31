package io.adaptive.internal.wire;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import io.adaptive.fixture.CompiledSource;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A component has another type at the sender of a message than at its receiver.
 */
class ChangedTypeTests {

	private static final List<PayloadCodec> CODECS = List.of(new ForyCodec(), JacksonCodec.json(),
			CborCodec.create(RegisteredTypes.NONE));

	private static Object transfer(PayloadCodec codec, Object message, Class<?> target) {
		return new LocalEncoder(codec).encode(message, Integer.MAX_VALUE).decode(MessageType.of(target));
	}

	private static final CompiledSource OLD = source("int", "Line", "int", "String name, int age", "RED", "");

	private static final CompiledSource BOXED = source("Integer", "Item", "int",
			"String name, java.util.List<String> tags, int years", "BLUE, RED",
			"public record Dog(int years) implements Animal { }");

	private static final CompiledSource NEW = source("String", "Item", "long", "String name", "RED", "");

	/**
	 * Compiles all messages of one version, which costs a second.
	 */
	private static CompiledSource source(String age, String line, String count, String other, String colours,
			String animals) {
		return CompiledSource.of("""
				public record Person(String name, %s age) { }
				public record Order(java.util.List<%s> lines) { }
				public record %s(String what, %s count) { }
				public record Other(%s) { }
				public record Zoo(Colour colour, Animal animal) { }
				public enum Colour { %s }
				public sealed interface Animal { }
				public record Cat(int lives) implements Animal { }
				%s
				""".formatted(age, line, line, count, other, colours, animals));
	}

	/**
	 * Changes of a type, each with a value that a codec could convert.
	 */
	private static final List<Change> CHANGES = List.of(new Change("String", "int", "51"),
			new Change("int", "String", 51), new Change("int", "long", 51), new Change("long", "int", 51L),
			new Change("int", "double", 51), new Change("String", "java.util.UUID", UUID.randomUUID().toString()),
			new Change("java.util.UUID", "String", UUID.randomUUID()),
			new Change("java.time.LocalDate", "String", LocalDate.EPOCH), new Change("String", "boolean", "true"),
			new Change("byte[]", "String", new byte[] { 1, 2, 3 }),
			new Change("java.util.List<String>", "java.util.Set<String>", List.of("a")),
			new Change("java.util.List<String>", "java.util.List<Integer>", List.of()),
			new Change("java.util.Map<String, String>", "java.util.Map<String, Integer>", Map.of()),
			new Change("String", "int", null));

	private static final CompiledSource BEFORE = records(Change::before);

	private static final CompiledSource AFTER = records(Change::after);

	private static CompiledSource records(Function<Change, String> type) {
		StringBuilder source = new StringBuilder();
		for (int i = 0; i < CHANGES.size(); i++) {
			source.append("public record Person").append(i).append("(String name, ");
			source.append(type.apply(CHANGES.get(i))).append(" age) { } ");
		}
		return CompiledSource.of(source.toString());
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void isRefusedWhateverTheValue(PayloadCodec codec) {
		for (int i = 0; i < CHANGES.size(); i++) {
			String name = "Person" + i;
			Object message = BEFORE.record(name, "Ann", CHANGES.get(i).value());
			assertThatExceptionOfType(MessageCodecException.class).as(CHANGES.get(i).toString())
				.isThrownBy(() -> transfer(codec, message, AFTER.type(name)))
				.withMessageContaining("its sender declares Source$%s.age as ".formatted(name))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
		}
	}

	static Stream<PayloadCodec> codecs() {
		return CODECS.stream();
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void theErrorNamesTheComponentAndBothTypes(PayloadCodec codec) {
		assertThatExceptionOfType(MessageCodecException.class)
			.isThrownBy(() -> transfer(codec, OLD.record("Person", "Ann", 51), NEW.type("Person")))
			.withMessage(
					"Message Source$Person cannot be decoded: its sender declares Source$Person.age as int, this program "
							+ "as java.lang.String; a component with another type needs another name");
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aChangeInARecordWithinIsRefusedWhateverItsName(PayloadCodec codec) {
		for (List<Object> lines : List.of(List.of(), List.of(OLD.record("Line", "tea", 2)))) {
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> transfer(codec, OLD.record("Order", lines), NEW.type("Order")))
				.withMessageContaining("Source$Item.count as int, this program as long");
		}
	}

	@Test
	void aClassOfAnotherNameIsComparedByWhatItDeclares() {
		Object order = OLD.record("Order", List.of(OLD.record("Line", "tea", 2)));
		assertThat(transfer(JacksonCodec.json(), order, BOXED.type("Order")))
			.hasToString("Order[lines=[Item[what=tea, count=2]]]");
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void whatIsAddedRemovedOrRenamedIsNoDifference(PayloadCodec codec) {
		assertThat(transfer(codec, OLD.record("Other", "Ann", 42), BOXED.type("Other")))
			.hasToString("Other[name=Ann, tags=null, years=0]");
		assertThat(transfer(codec, BOXED.record("Other", "Ann", List.of("x"), 42), OLD.type("Other")))
			.hasToString("Other[name=Ann, age=0]");
		assertThat(transfer(codec, OLD.record("Other", "Ann", 42), NEW.type("Other"))).hasToString("Other[name=Ann]");
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aNumberMayBecomeABox(PayloadCodec codec) {
		assertThat(transfer(codec, OLD.record("Person", "Ann", 42), BOXED.type("Person")))
			.hasToString("Person[name=Ann, age=42]");
		assertThat(transfer(codec, BOXED.record("Person", "Ann", 42), OLD.type("Person")))
			.hasToString("Person[name=Ann, age=42]");
	}

	@ParameterizedTest
	@MethodSource("codecs")
	void aConstantMayBeAddedAndAPermittedTypeToo(PayloadCodec codec) {
		Object zoo = OLD.record("Zoo", OLD.constant("Colour", "RED"), OLD.record("Cat", 9));
		assertThat(transfer(codec, zoo, BOXED.type("Zoo"))).hasToString("Zoo[colour=RED, animal=Cat[lives=9]]");
	}

	@Test
	void anArrayAndAnEnumAreNoText() {
		assertThat(difference("java.lang.String[]", "java.lang.String")).isNotNull();
		assertThat(difference("colour", "java.lang.String")).isNotNull();
		assertThat(difference("other", "colour")).isNotNull();
		assertThat(difference("java.util.List<colour>", "java.util.List<other>")).isNotNull();
		assertThat(difference("java.util.List<other>", "java.util.List")).isNotNull();
		assertThat(difference("int[]", "java.lang.Integer[]")).isNotNull();
		assertThat(difference("int", "java.lang.Integer")).isNull();
		assertThat(difference("java.util.List<? extends x.Other>", "java.util.List<other>")).isNull();
		assertThat(difference("java.util.List<other>[]", "java.util.List<other>[]")).isNull();
	}

	private static @Nullable String difference(String sent, String own) {
		String text = "a{x:%s;}colour{[RED]}other{y:int;}";
		return SchemaComparison.difference(text.formatted(sent), text.formatted(own));
	}

	@Test
	void aSchemaThatIsMalformedIsNoDifference() {
		String own = "a{x:int;}";
		for (String sent : List.of("", "{", "}", "a{", "a{x", "a{x:", "a}{x:int;", "a{:int;}", "a{x;}", "a{[A}", "{}{}",
				"a{y:" + "a<".repeat(10_000) + "}")) {
			assertThat(SchemaComparison.difference(sent, own)).as(sent).isNull();
		}
		assertThat(SchemaComparison.difference("a{x:" + "a<".repeat(10_000) + ">".repeat(10_000) + ";}", own))
			.isNotNull();
	}

	private record Change(String before, String after, @Nullable Object value) {

	}

}
