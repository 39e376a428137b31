package io.adaptive.internal.trace;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.adaptive.annotation.Message;
import io.adaptive.annotation.Sensitive;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.TraceTag;
import io.adaptive.trace.MarkedMessages;
import io.adaptive.trace.TraceableMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * {@link TraceMarks}.
 */
class TraceMarksTests {

	private final TraceMarks marks = new TraceMarks();

	private static Order order(String name, int amount) {
		return new Order(name, amount, new Place("Bern", "street"), new Circle(3), "secret");
	}

	@Test
	void nothingIsTracedUnlessMarked() {
		assertThat(this.marks.start(order("a", 1))).isNull();
	}

	@Test
	void theNextMessagesAreTracedAndNoMore() {
		MarkedMessages marked = this.marks.mark(Order.class, 3, List.of());
		List<String> tokens = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			TraceTag tag = this.marks.start(order("a", i));
			assertThat(tag).isNotNull();
			tokens.add(tag.token().toString());
			assertThat(this.marks.start("other")).isNull();
		}
		String id = marked.tokens().substring(0, 36);
		assertThat(marked).isEqualTo(new MarkedMessages("orders.order", id + ".0..2", 3, List.of()));
		assertThat(tokens).containsExactly(id + ".0", id + ".1", id + ".2");
		assertThat(this.marks.start(order("a", 1))).isNull();
		assertThat(this.marks.marks()).isEmpty();
	}

	@Test
	void oneMessageHasOneToken() {
		assertThat(this.marks.mark(Order.class, 1, List.of()).tokens()).endsWith(".0").hasSize(38);
	}

	@Test
	void manyThreadsUseUpAMarkExactly() throws Exception {
		this.marks.mark(Order.class, 1000, List.of());
		ExecutorService threads = Executors.newFixedThreadPool(8);
		Set<TraceTag> tags = Collections.synchronizedSet(new HashSet<>());
		try {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				all.add(threads.submit(() -> {
					for (int j = 0; j < 500; j++) {
						TraceTag tag = this.marks.start(order("a", j));
						if (tag != null) {
							tags.add(tag);
						}
					}
				}));
			}
			for (Future<?> each : all) {
				each.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(tags).hasSize(1000).extracting((tag) -> tag.token().sequence()).doesNotHaveDuplicates();
		assertThat(this.marks.marks()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			name=Ada; true
			name=A*a; true
			name=*d*; true
			name=B*; false
			amount=42; true
			amount=4*; true
			amount=43; false
			place.city=B*n; true
			place.city=; false
			place=Place[city=Bern*; true
			shape.radius=3; true
			shape.side=3; false
			""")
	void filtersLookAtFields(String filter, boolean matches) {
		this.marks.mark(Order.class, 1, List.of(filter));
		assertThat(this.marks.start(order("Ada", 42)) != null).isEqualTo(matches);
	}

	@Test
	void allFiltersHaveToMatchAndOthersUseUpNothing() {
		this.marks.mark(Order.class, 1, List.of("name=A*", "amount=1"));
		assertThat(this.marks.start(order("Ada", 2))).isNull();
		assertThat(this.marks.start(order("Bob", 1))).isNull();
		assertThat(this.marks.traceable("orders.*")).extracting(TraceableMessage::remaining).containsExactly(1);
		assertThat(this.marks.start(order("Ada", 1))).isNotNull();
	}

	@Test
	void aFieldThatIsNullOrCannotBeReadDoesNotMatch() {
		this.marks.mark(Order.class, 1, List.of("place.city=*"));
		assertThat(this.marks.start(new Order("a", 1, null, null, ""))).isNull();
		this.marks.mark(Throwing.class, 1, List.of("value=*"));
		assertThat(this.marks.start(new Throwing(1))).isNull();
	}

	@Test
	void noFilterLooksIntoWhatIsSensitiveAsAWhole() {
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> this.marks.mark(Secret.class, 1, List.of("word=*")))
			.withMessageContaining("is sensitive");
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> this.marks.mark(Holder.class, 1, List.of("item.word=*")))
			.withMessageContaining("is sensitive");
		this.marks.mark(Holder.class, 1, List.of("item=*"));
		assertThat(this.marks.start(new Holder(new Secret("a")))).isNull();
		assertThat(this.marks.start(new Holder(new Open("a")))).isNotNull();
		this.marks.mark(Anything.class, 1, List.of("value=*"));
		assertThat(this.marks.start(new Anything(new Secret("a")))).isNull();
	}

	@Test
	void aValueThatThrowsWhenItIsLookedAtDoesNotMatch() {
		this.marks.mark(Anything.class, 1, List.of("value=*"));
		assertThat(this.marks.start(new Anything(CharBuffer.wrap(new ThrowingText())))).isNull();
	}

	@Test
	void typesAreKnownByBothTheirNamesOnceHandledOrSent() {
		assertThat(this.marks.traceable("*")).isEmpty();
		this.marks.know(Order.class);
		this.marks.start(new Place("a", "b"));
		this.marks.mark("orders.order", 2, List.of());
		assertThat(this.marks.traceable("*")).containsExactly(
				new TraceableMessage(Place.class.getName(), Place.class.getName(), 0),
				new TraceableMessage("orders.order", Order.class.getName(), 2));
		this.marks.mark(Order.class.getName(), 5, List.of());
		assertThat(this.marks.traceable("*Order")).extracting(TraceableMessage::remaining).containsExactly(5);
	}

	@Test
	void aMarkTakesThePlaceOfAnEarlierOneAndCanBeRemoved() {
		MarkedMessages first = this.marks.mark(Order.class, 2, List.of());
		MarkedMessages second = this.marks.mark(Order.class, 2, List.of());
		assertThat(second.tokens()).isNotEqualTo(first.tokens());
		assertThat(this.marks.marks()).containsExactly(second);
		assertThat(this.marks.unmark(Order.class.getName())).isTrue();
		assertThat(this.marks.unmark("orders.order")).isFalse();
		assertThat(this.marks.start(order("a", 1))).isNull();
		this.marks.mark(Order.class, 2, List.of());
		this.marks.unmarkAll();
		assertThat(this.marks.marks()).isEmpty();
	}

	@Test
	void anUnknownTypeIsNamedWithThoseThatAreClose() {
		this.marks.know(Order.class);
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> this.marks.mark("orders.ordre", 1, List.of()))
			.withMessage("Message type \"orders.ordre\" is not known to this program, which knows the types that it"
					+ " handles or has sent; close to it: orders.order")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> this.marks.mark("Order", 1, List.of()))
			.withMessageContaining("; close to it: " + Order.class.getName());
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> this.marks.mark("somethingElse", 1, List.of()))
			.withMessageEndingWith("has sent");
	}

	@Test
	void aTypeOfWhichThereAreNoMessagesIsNamedWithThoseThatThereAre() {
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> this.marks.mark(Shape.class, 1, List.of()))
			.withMessage("No message is of type %s itself, so it cannot be marked; mark one of %s, %s"
				.formatted(Shape.class.getName(), Circle.class.getName(), Square.class.getName()));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 4097 })
	void aWrongCountIsNamed(int count) {
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> this.marks.mark(Order.class, count, List.of()))
			.withMessageContaining("1 to 4096 messages, not for " + count);
	}

	static Stream<Arguments> wrongFilters() {
		return Stream.of(
				arguments("name", "A filter is field=pattern, at most 256 characters, such as name=W*; not \"name\""),
				arguments("=x", "not \"=x\""),
				arguments("nam=x", "has no field \"nam\"; it has name, amount, place, shape, word; close to it: name"),
				arguments("place.town=x", "Place has no field \"town\"; it has city, street"),
				arguments("place.city.x=x", "java.lang.String has no fields, so none is named \"x\""),
				arguments("..=x", "has no field \"\""),
				arguments("word=x", "is sensitive, so no filter may look at it"),
				arguments("shape.corners=x", "has no field \"corners\"; it has radius, side"));
	}

	@ParameterizedTest
	@MethodSource("wrongFilters")
	void aWrongFilterIsNamed(String filter, String problem) {
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> this.marks.mark(Order.class, 1, List.of(filter)))
			.withMessageContaining(problem)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
		assertThat(this.marks.marks()).isEmpty();
	}

	@Test
	void tooManyFiltersAreRefused() {
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> this.marks.mark(Order.class, 1, Collections.nCopies(17, "name=x")))
			.withMessageContaining("at most 16 filters, not 17");
	}

	@Test
	void theTracerThatTracesNothingKeepsNothing() {
		assertThat(MessageTracer.NONE.begin(order("a", 1), null)).isNull();
		assertThat(MessageTracer.NONE.recorded()).isZero();
	}

	@Message("orders.order")
	record Order(String name, int amount, Place place, Shape shape, @Sensitive String word) {
	}

	record Place(String city, String street) {
	}

	sealed interface Shape {

	}

	record Circle(int radius) implements Shape {
	}

	record Square(int side) implements Shape {
	}

	record Throwing(int value) {

		@Override
		public int value() {
			throw new IllegalStateException();
		}

	}

	sealed interface Item {

	}

	@Sensitive
	record Secret(String word) implements Item {
	}

	record Open(String name) implements Item {
	}

	record Holder(Item item) {
	}

	record Anything(Object value) {
	}

	private static final class ThrowingText implements CharSequence {

		@Override
		public int length() {
			return 3;
		}

		@Override
		public char charAt(int index) {
			throw new IllegalStateException();
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			throw new IllegalStateException();
		}

	}

}
