package io.adaptive.internal.wire;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.adaptive.annotation.Message;
import io.adaptive.fixture.SameValue;
import io.adaptive.message.MessageType;
import io.adaptive.message.TypeReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Collections that are messages themselves, whatever their class is: views, and the
 * collections of libraries.
 */
class WholeCollectionTests {

	private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {
	};

	private static final TypeReference<Set<Item>> SET = new TypeReference<>() {
	};

	private static final TypeReference<Map<String, Item>> MAP = new TypeReference<>() {
	};

	static Stream<Arguments> messages() {
		Item one = new Item("a", 1);
		Item two = new Item("b", 2);
		List<Item> items = new ArrayList<>(List.of(one, two, one));
		Map<String, Item> map = new LinkedHashMap<>();
		map.put("z", one);
		map.put("a", two);
		Stream<List<?>> lists = Stream.of(items, items.subList(1, 3), List.of(one, two).subList(0, 1),
				Collections.unmodifiableList(items), Collections.synchronizedList(items), Collections.nCopies(2, one),
				Collections.singletonList(one), Collections.emptyList(), Arrays.asList(one, two),
				Arrays.asList(one, two).subList(0, 1), Stream.of(one, two).toList(), new Lazy<>(items),
				new Lazy<>(List.of()), new Wrapped<>(items));
		Stream<Set<?>> sets = Stream.of(new LazySet<>(items.subList(0, 2)), new LinkedHashSet<>(items),
				Collections.unmodifiableSet(new LinkedHashSet<>(items)), Collections.singleton(one));
		Stream<Map<?, ?>> maps = Stream.of(map, Collections.unmodifiableMap(map), new LazyMap<>(map),
				new TreeMap<>(map).headMap("b"), Collections.singletonMap("k", one));
		List<Arguments> values = Stream.of(lists.map((list) -> Arguments.of(list, ITEMS.messageType())),
				sets.map((set) -> Arguments.of(set, SET.messageType())),
				maps.map((each) -> Arguments.of(each, MAP.messageType())),
				Stream.of(Arguments.of(map.keySet(), new TypeReference<Set<String>>() {
				}.messageType()),
						Arguments.of(new TreeSet<>(Set.of("b", "a")).headSet("b"), new TypeReference<Set<String>>() {
						}.messageType())))
			.flatMap((each) -> each)
			.toList();
		return Stream.of("fory", "json", "cbor")
			.flatMap((codec) -> values.stream().map((value) -> Arguments.of(codec, value.get()[0], value.get()[1])));
	}

	private static PayloadCodec codec(String name) {
		return Codecs.available(name, RegisteredTypes.NONE, (work) -> {
		}).preferred();
	}

	@ParameterizedTest
	@MethodSource("messages")
	void aCollectionIsAMessageOfItsKind(String name, Object message, MessageType<?> type) {
		assertThat(MessageType.of(message.getClass()).name()).isEqualTo(type.name());
		byte[] encoded = codec(name).encode(message, Arrays::copyOf);
		// The receiver has another instance of the codec.
		Object back = codec(name).decode(type, encoded);
		assertThat(SameValue.test(message, back)).as("%s sent, %s came back", message, back).isTrue();
	}

	@Test
	void aReceiverMayDeclareItsOwnClassOfCollection() {
		for (String name : List.of("fory", "json", "cbor")) {
			byte[] encoded = codec(name).encode(List.of(1, 2), Arrays::copyOf);
			assertThat(codec(name).decode(new TypeReference<Wrapped<Integer>>() {
			}.messageType(), encoded)).isExactlyInstanceOf(Wrapped.class).containsExactly(1, 2);
		}
	}

	@Test
	void aCollectionWithANameOrThatExtendsACompleteOneOfTheJdkIsAMessageOfItsOwn() {
		assertThat(MessageType.of(Basket.class).name()).isEqualTo(Basket.class.getName());
		assertThat(MessageType.of(NamedList.class).name()).isEqualTo("test.named-list");
		assertThat(MessageType.of(NamedList.class).isContainer()).isFalse();
	}

	record Item(String name, int price) {
	}

	private static final class Basket extends ArrayList<Item> {

		private static final long serialVersionUID = 1L;

		@SuppressWarnings("unused")
		private String owner;

	}

	@Message("test.named-list")
	private static final class NamedList extends AbstractList<Item> {

		@Override
		public Item get(int index) {
			throw new IndexOutOfBoundsException(index);
		}

		@Override
		public int size() {
			return 0;
		}

	}

	/** As a list of a library that computes its elements. */
	private static final class Lazy<E> extends AbstractList<E> {

		private final List<E> elements;

		Lazy(List<E> elements) {
			this.elements = elements;
		}

		@Override
		public E get(int index) {
			return this.elements.get(index);
		}

		@Override
		public int size() {
			return this.elements.size();
		}

	}

	/** As a list of a library that can be filled. */
	public static final class Wrapped<E> extends AbstractList<E> {

		private final List<E> elements = new ArrayList<>();

		public Wrapped() {
		}

		private Wrapped(List<E> elements) {
			this.elements.addAll(elements);
		}

		@Override
		public void add(int index, E element) {
			this.elements.add(index, element);
		}

		@Override
		public E get(int index) {
			return this.elements.get(index);
		}

		@Override
		public int size() {
			return this.elements.size();
		}

	}

	private static final class LazySet<E> extends AbstractSet<E> {

		private final List<E> elements;

		LazySet(List<E> elements) {
			this.elements = elements;
		}

		@Override
		public Iterator<E> iterator() {
			return this.elements.iterator();
		}

		@Override
		public int size() {
			return this.elements.size();
		}

	}

	private static final class LazyMap<K, V> extends AbstractMap<K, V> {

		private final Map<K, V> map;

		LazyMap(Map<K, V> map) {
			this.map = map;
		}

		@Override
		public Set<Entry<K, V>> entrySet() {
			return this.map.entrySet();
		}

	}

}
