package io.adaptive.internal.wire;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.fory.Fory;
import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.exception.InsecureException;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.Serializer;
import org.apache.fory.serializer.collection.CollectionSerializer;
import org.apache.fory.serializer.collection.ImmutableCollectionSerializers.ImmutableListSerializer;
import org.apache.fory.util.function.Functions;
import org.jspecify.annotations.Nullable;

/**
 * The classes of values that a Fory instance meets: refuses those that it writes and no
 * receiver reads, and sends collections of unknown classes as plain ones. It is asked
 * once for each class, so that the messages cost nothing.
 */
final class ForyClasses {

	/** Immutable lists that may contain {@code null}. */
	private static final List<Class<?>> NULLABLE_LISTS = List.of(Stream.of(1, 2, 3).toList().getClass(),
			Stream.of(1, 2, 3).toList().subList(0, 2).getClass());

	private static final Class<?> ARRAY_LIST = Arrays.asList(1).getClass();

	private static final Class<?> KEY_SET = ConcurrentHashMap.newKeySet().getClass();

	private static final List<Class<?>> REFUSED = List.of(Class.class, Pattern.class, AtomicReference.class);

	/** The class that a serializer was wanted for last, while a message is written. */
	private @Nullable Class<?> asked;

	private ForyClasses() {
	}

	/**
	 * Registers what is not of one message type.
	 * @param arrays declared arrays
	 * @param plain collections that are sent as plain ones
	 */
	static ForyClasses register(Fory fory, Stream<Class<?>> arrays, Set<Class<?>> plain) {
		TypeResolver types = fory.getTypeResolver();
		ForyClasses classes = new ForyClasses();
		arrays.map(ForyClasses::elementOf)
			.distinct()
			.filter((element) -> !element.isPrimitive() && !types.isRegistered(element))
			.forEach((element) -> fory.register(element, element.getName()));
		NULLABLE_LISTS.forEach((list) -> fory.registerSerializer(list, (resolver) -> new Lists(resolver, list)));
		fory.registerSerializer(ARRAY_LIST, FixedLists::new);
		fory.registerSerializer(KEY_SET, KeySets::new);
		REFUSED.forEach((each) -> fory.registerSerializer(each, (resolver) -> new Refused(resolver.getConfig(), each)));
		plain.stream()
			.filter((each) -> !types.isRegistered(each))
			.forEach((each) -> types.registerRuntimeTypeAlias(each, ForyTypes.standInFor(each)));
		types.registerSerializerFactory(classes::serializerOf);
		return classes;
	}

	private static Class<?> elementOf(Class<?> array) {
		Class<?> element = array;
		while (element.isArray()) {
			element = element.getComponentType();
		}
		return element;
	}

	private @Nullable Serializer<?> serializerOf(TypeResolver types, Class<?> type) {
		this.asked = types.isRegistered(type) ? null : type;
		if (Functions.isLambda(type) || Proxy.isProxyClass(type)) {
			throw new InsecureException("No receiver reads it");
		}
		if (type.isArray() && !elementOf(type).isPrimitive()) {
			// Throws what a receiver would throw.
			types.loadClass(type.getName());
		}
		return null;
	}

	/**
	 * Begins a message.
	 */
	void beforeWrite() {
		this.asked = null;
	}

	/**
	 * Tells which class it was that has no encoding.
	 * @param failure of writing the message
	 * @return the failure, or one that has it as its cause
	 */
	RuntimeException explained(RuntimeException failure) {
		Class<?> unknown = this.asked;
		boolean explained = CodecFailure.find(ForyUnknownClassException.class, failure) != null;
		return (unknown != null && !explained && isRefusal(failure)) ? new ForyUnknownClassException(unknown, failure)
				: failure;
	}

	private static boolean isRefusal(RuntimeException failure) {
		return CodecFailure.find(InsecureException.class, failure) != null
				|| CodecFailure.find(UnsupportedOperationException.class, failure) != null;
	}

	/**
	 * An immutable list, which may contain {@code null} if a stream has made it.
	 */
	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static final class Lists extends ImmutableListSerializer {

		Lists(TypeResolver types, Class<?> type) {
			super(types, type);
		}

		@Override
		public Collection newCollection(ReadContext in, boolean elementReadAlwaysAdvances) {
			int size = readCollectionSize(in, in.getBuffer(), elementReadAlwaysAdvances);
			setNumElements(size);
			return new ArrayList<>(size);
		}

		@Override
		public Collection onCollectionRead(Collection elements) {
			return elements.contains(null) ? elements.stream().toList() : List.of(elements.toArray());
		}

	}

	/**
	 * A list on an array, which arrives as an {@link ArrayList}. By itself, Fory writes
	 * the array, whose class is not always known, such as that of a sealed type.
	 */
	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static final class FixedLists extends CollectionSerializer<List> {

		FixedLists(TypeResolver types) {
			super(types, (Class<List>) ARRAY_LIST, true);
		}

		@Override
		public List newCollection(ReadContext in, boolean elementReadAlwaysAdvances) {
			int size = readCollectionSize(in, in.getBuffer(), elementReadAlwaysAdvances);
			setNumElements(size);
			return new ArrayList<>(size);
		}

	}

	/**
	 * Types that Fory knows and no receiver may make: a class is loaded, a pattern
	 * compiled for as long as its sender likes, and a reference is no value.
	 */
	private static final class Refused extends Serializer<Object> {

		private final Class<?> refused;

		@SuppressWarnings("unchecked")
		Refused(Config config, Class<?> type) {
			super(config, (Class<Object>) type);
			this.refused = type;
		}

		@Override
		public void write(WriteContext out, Object value) {
			throw new ForyUnknownClassException(this.refused, new InsecureException("No receiver reads it"));
		}

		@Override
		public Object read(ReadContext in) {
			throw new InsecureException("A %s is never read".formatted(this.refused.getName()));
		}

	}

	/**
	 * The key set of a concurrent map, without the value that it adds keys with.
	 */
	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static final class KeySets extends CollectionSerializer<Set> {

		KeySets(TypeResolver types) {
			super(types, (Class<Set>) KEY_SET, true);
		}

		@Override
		public Set newCollection(ReadContext in, boolean elementReadAlwaysAdvances) {
			setNumElements(readCollectionSize(in, in.getBuffer(), elementReadAlwaysAdvances));
			return ConcurrentHashMap.newKeySet();
		}

	}

}
