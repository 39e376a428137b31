package io.adaptive.internal.wire;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TransferQueue;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.apache.fory.Fory;
import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.resolver.TypeResolver;
import org.apache.fory.serializer.Serializer;
import org.apache.fory.serializer.collection.CollectionSerializer;
import org.apache.fory.serializer.collection.MapSerializer;

/**
 * Entries of maps, properties, enums of the JDK and collections that Fory does not know
 * by itself.
 */
final class ForyContainers {

	private static final Set<Class<?>> QUEUES = Set.of(Stack.class, ConcurrentLinkedQueue.class,
			ConcurrentLinkedDeque.class, LinkedBlockingDeque.class, LinkedTransferQueue.class);

	/** Their values are of classes that no plain collection stands for. */
	private static final Set<Class<?>> INTERFACES = Set.of(TransferQueue.class, BlockingDeque.class);

	/** Entries in common use whose class the JDK does not show. */
	private static final Set<Class<?>> ENTRIES = Set.of(Map.entry(1, 1).getClass(),
			entryOf(new HashMap<>(Map.of(1, 1))));

	private ForyContainers() {
	}

	private static Class<?> entryOf(Map<?, ?> map) {
		return map.entrySet().iterator().next().getClass();
	}

	/**
	 * Registers what all message types may contain, and what one declares.
	 * @param components the raw types of its components
	 */
	static void register(Fory fory, Set<Class<?>> components) {
		register(fory, AbstractMap.SimpleImmutableEntry.class, AbstractMap.SimpleImmutableEntry<Object, Object>::new);
		register(fory, AbstractMap.SimpleEntry.class, AbstractMap.SimpleEntry<Object, Object>::new);
		ENTRIES.forEach((each) -> fory.getTypeResolver()
			.registerRuntimeTypeAlias(each, AbstractMap.SimpleImmutableEntry.class));
		fory.register(Properties.class, Properties.class.getName());
		fory.registerSerializer(Properties.class, PropertyLists::new);
		components.stream()
			.filter((each) -> each.isEnum() && JdkValues.isOfTheJdk(each))
			.forEach((each) -> registerName(fory, each));
		boolean open = components.stream().anyMatch(INTERFACES::contains);
		Stream.concat(QUEUES.stream().filter((each) -> open || components.contains(each)), Stream.of(Hashtable.class))
			.filter((each) -> registerName(fory, each))
			.forEach((each) -> fory.registerSerializer(each, (types) -> containers(types, each)));
	}

	private static boolean registerName(Fory fory, Class<?> type) {
		boolean unknown = !fory.getTypeResolver().isRegistered(type);
		if (unknown) {
			fory.register(type, type.getName());
		}
		return unknown;
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static Serializer<?> containers(TypeResolver types, Class<?> type) {
		return Collection.class.isAssignableFrom(type) ? new CollectionSerializer(types, type, true)
				: new MapSerializer(types, type, true);
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static void register(Fory fory, Class<? extends Map.Entry> type,
			BiFunction<Object, Object, Map.Entry> entries) {
		fory.register(type, type.getName());
		fory.registerSerializer(type, (types) -> new Entries(types.getConfig(), (Class<Map.Entry>) type, entries));
	}

	/**
	 * A key with its value.
	 */
	@SuppressWarnings("rawtypes")
	private static final class Entries extends Serializer<Map.Entry> {

		private final BiFunction<Object, Object, Map.Entry> entries;

		Entries(Config config, Class<Map.Entry> type, BiFunction<Object, Object, Map.Entry> entries) {
			super(config, type);
			this.entries = entries;
		}

		@Override
		public void write(WriteContext out, Map.Entry value) {
			out.writeRef(value.getKey());
			out.writeRef(value.getValue());
		}

		@Override
		public Map.Entry read(ReadContext in) {
			Object key = in.readRef();
			return this.entries.apply(key, in.readRef());
		}

	}

	/**
	 * Properties as a map. Those with defaults are refused, which would be lost.
	 */
	private static final class PropertyLists extends MapSerializer<Properties> {

		PropertyLists(TypeResolver types) {
			super(types, Properties.class, false);
		}

		@Override
		public void write(WriteContext out, Properties value) {
			if (ValueCheck.hasDefaults(value)) {
				throw new IllegalArgumentException("The properties have defaults");
			}
			super.write(out, value);
		}

	}

}
