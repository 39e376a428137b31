package io.adaptive.internal.transport;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

/**
 * Tests for {@link MemorySize}.
 */
class MemorySizeTests {

	private static final int MB = 1_000_000;

	/** Named, since printing a million elements takes seconds. */
	static Stream<Arguments> large() {
		Part part = new Part(1, new byte[MB]);
		return Stream.of(large("bytes", new byte[MB], MB), large("longs", new long[MB], 8 * MB),
				large("text", "x".repeat(MB), MB), large("record", part, MB),
				large("list of records", new Whole("name", List.of(part, part)), 2 * MB),
				large("long list",
						new Whole("name",
								IntStream.range(0, 1_000).mapToObj((i) -> new Part(i, new byte[1_000])).toList()),
						MB),
				large("arrays of arrays", new String[][] { { "x".repeat(MB) }, {} }, MB),
				large("map", Map.of("key", Optional.of(ByteBuffer.allocate(MB))), MB),
				large("number", BigInteger.ONE.shiftLeft(8 * MB), MB),
				large("derived class", new Derived(new byte[MB]), MB));
	}

	private static Arguments large(String name, Object message, int size) {
		return Arguments.of(Named.of(name, message), size);
	}

	@ParameterizedTest
	@MethodSource("large")
	void aLargeMessageIsMeasured(Object message, int size) {
		assertThat(MemorySize.of(message)).isCloseTo(size, withinPercentage(15));
	}

	static Stream<Object> small() {
		return Stream.of(new Plain(1, 2L, true, Kind.ONE), "text", 1, new Part(1, new byte[100]), List.of(1, 2, 3),
				Map.of(), new Whole(null, null), UUID.randomUUID(), Kind.ONE, new int[0], Optional.empty());
	}

	@ParameterizedTest
	@MethodSource("small")
	void aSmallMessageCostsNothing(Object message) {
		assertThat(MemorySize.of(message)).isZero();
	}

	@Test
	void whatContainsItselfIsLookedAtToADepth() {
		List<Object> list = new ArrayList<>(Collections.nCopies(1_000, "x"));
		list.set(0, list);
		assertThat(MemorySize.of(list)).isPositive();
		Node first = new Node();
		first.next = new Node();
		first.next.next = first;
		assertThat(MemorySize.of(first)).isZero();
	}

	@Test
	void aMessageOfManyValuesIsLookedAtInParts() {
		Object deep = "x".repeat(1_000);
		for (int i = 0; i < 7; i++) {
			deep = Collections.nCopies(10, deep);
		}
		assertThat(MemorySize.of(deep)).isPositive();
	}

	@Test
	void aCollectionOfTheUsersIsNotRead() {
		assertThat(MemorySize.of(new Lazy())).isZero();
		assertThat(MemorySize.of(Collections.unmodifiableList(new Lazy()))).isZero();
	}

	@Test
	void aCollectionThatChangesMeanwhileIsNoError() {
		Map<Integer, String> changing = new HashMap<>() {

			@Override
			public int size() {
				throw new StackOverflowError("expected by the test");
			}

		};
		assertThat(MemorySize.of(Collections.unmodifiableMap(changing))).isZero();
	}

	enum Kind {

		ONE

	}

	record Plain(int number, Long box, boolean flag, Kind kind) {
	}

	record Part(int number, byte[] bytes) {
	}

	record Whole(String name, List<Part> parts) {
	}

	static class Base {

		private final byte[] bytes;

		Base(byte[] bytes) {
			this.bytes = bytes;
		}

		byte[] bytes() {
			return this.bytes;
		}

	}

	static class Derived extends Base {

		Derived(byte[] bytes) {
			super(bytes);
		}

	}

	static class Node {

		private Node next;

	}

	/** Reads from somewhere else what it is asked for. */
	static class Lazy extends AbstractList<String> {

		@Override
		public String get(int index) {
			throw new AssertionError("It was read");
		}

		@Override
		public int size() {
			throw new AssertionError("It was read");
		}

	}

}
