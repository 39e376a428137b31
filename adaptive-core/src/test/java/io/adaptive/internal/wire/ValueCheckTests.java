package io.adaptive.internal.wire;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.adaptive.message.MessageCodecException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ValueCheck}.
 */
class ValueCheckTests {

	private static String problem(Object message) {
		return new ValueCheck(TypeClosure.of(message.getClass()), RegisteredTypes.NONE, true, ValueCheck.MAX_DEPTH)
			.problem(message, message.getClass());
	}

	@Test
	void aProblemIsNamedWithItsPath() {
		Object wrong = new StringBuilder("a");
		assertThat(problem(new Shelf(List.of(new Box(Map.of("a", List.of(1)), null), new Box(Map.of(), null)))))
			.startsWith("component boxes[0].label is null");
		assertThat(problem(new Shelf(List.of(box(1), box(List.of(1, Optional.empty()))))))
			.startsWith("component boxes[1].content[k][1] is an Optional");
		assertThat(problem(new Shelf(List.of(box(Map.of("in", new Object[] { 1, 2, wrong })))))).startsWith(
				"component boxes[0].content[k][in][2] is of java.lang.StringBuilder, which is not among the types");
		assertThat(problem(new Tags(new String[][] { { "a" }, { null } }))).isNull();
		assertThat(problem(new Held(Optional.of(new Held(Optional.of(wrong))))))
			.startsWith("component value is of " + Held.class.getName());
		assertThat(problem(new Nested(Optional.of(new Nested(Optional.empty(), wrong)), 1)))
			.startsWith("component inner.any is of java.lang.StringBuilder");
	}

	@Test
	void aFieldThatHidesOneOfASuperclassIsRefusedWhereItsNameIsAllThatIsWritten() {
		Hiding hiding = new Hiding(1, 2);
		for (PayloadCodec codec : List.of(JacksonCodec.json(), CborCodec.create(RegisteredTypes.NONE))) {
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> codec.encode(new HoldsHiding(hiding), Arrays::copyOf))
				.withMessageContaining("component hiding has a field number in " + Hiding.class.getName())
				.withMessageContaining("; rename one of them");
			assertThat(EncodingObstacle.of(HoldsHiding.class, RegisteredTypes.NONE, codec.name()))
				.hasValueSatisfying((text) -> assertThat(text).startsWith("number in " + Hiding.class.getName()));
		}
		PayloadCodec fory = new ForyCodec();
		HoldsHiding back = fory.decode(HoldsHiding.class, fory.encode(new HoldsHiding(hiding), Arrays::copyOf));
		assertThat(List.of(back.hiding().number, ((Hidden) back.hiding()).number)).containsExactly(1, 2);
		assertThat(EncodingObstacle.of(HoldsHiding.class, RegisteredTypes.NONE, fory.name())).isEmpty();
	}

	@Test
	void aMessageWithoutProblemCostsNoText() {
		Map<Counted, List<Integer>> map = new EnumMap<>(Counted.class);
		map.put(Counted.ONE, List.of(1, 2));
		Counted.texts.set(0);
		assertThat(problem(new WithKeys(map, List.of(Counted.ONE, Counted.TWO)))).isNull();
		assertThat(Counted.texts).hasValue(0);
	}

	@Test
	void aMessageOfManyRecordsAllocatesLittle() {
		Rows rows = new Rows(
				IntStream.range(0, 1_000).mapToObj((i) -> new Row(i, "n" + i, new Place("c", i))).toList());
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		assertThat(problem(rows)).isNull();
		long before = threads.getCurrentThreadAllocatedBytes();
		assertThat(problem(rows)).isNull();
		long perRow = (threads.getCurrentThreadAllocatedBytes() - before) / 1_000;
		System.out.printf("check allocates %d bytes for each record%n", perRow);
		// A text for each component takes some 700.
		assertThat(perRow).isLessThan(100);
	}

	private static Box box(Object content) {
		return new Box(Map.of("k", content), Optional.of("label"));
	}

	record Shelf(List<Box> boxes) {
	}

	record Box(Map<String, Object> content, Optional<String> label) {
	}

	record Tags(String[][] tags) {
	}

	record Held(Optional<Object> value) {
	}

	record HoldsHiding(Hiding hiding) {
	}

	static class Hidden {

		int number;

	}

	static class Hiding extends Hidden {

		@SuppressWarnings("HidingField") // that is the case
		int number;

		Hiding() {
		}

		Hiding(int own, int hidden) {
			this.number = own;
			super.number = hidden;
		}

	}

	record Nested(Optional<Nested> inner, Object any) {
	}

	record Rows(List<Row> rows) {
	}

	record Row(int id, String name, Place place) {
	}

	record Place(String city, int code) {
	}

	record WithKeys(Map<Counted, List<Integer>> map, List<Counted> list) {
	}

	enum Counted {

		ONE, TWO;

		static final AtomicInteger texts = new AtomicInteger();

		@Override
		public String toString() {
			texts.incrementAndGet();
			return name();
		}

	}

}
