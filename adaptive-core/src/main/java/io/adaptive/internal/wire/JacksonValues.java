package io.adaptive.internal.wire;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TransferQueue;
import java.util.function.Function;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * JDK values that Jackson would change on their way.
 */
final class JacksonValues {

	private JacksonValues() {
	}

	static SimpleModule module() {
		return JacksonTexts.addTo(new JacksonEntries("adaptive"))
			.setDeserializerModifier(new JacksonScalars())
			.addSerializer(BitSet.class, new BitSetWriter())
			.addDeserializer(BitSet.class, new BitSetReader())
			.addDeserializer(OptionalInt.class,
					new OptionalReader<>(OptionalInt.class, int.class, OptionalInt::of, OptionalInt.empty()))
			.addDeserializer(OptionalLong.class,
					new OptionalReader<>(OptionalLong.class, long.class, OptionalLong::of, OptionalLong.empty()))
			.addDeserializer(OptionalDouble.class,
					new OptionalReader<>(OptionalDouble.class, double.class, OptionalDouble::of,
							OptionalDouble.empty()))
			// In the order of the sender.
			.addAbstractTypeMapping(Set.class, LinkedHashSet.class)
			.addAbstractTypeMapping(Map.class, LinkedHashMap.class)
			.addAbstractTypeMapping(AbstractCollection.class, ArrayList.class)
			.addAbstractTypeMapping(AbstractSet.class, LinkedHashSet.class)
			.addAbstractTypeMapping(AbstractMap.class, LinkedHashMap.class)
			.addAbstractTypeMapping(BlockingQueue.class, LinkedBlockingQueue.class)
			.addAbstractTypeMapping(BlockingDeque.class, LinkedBlockingDeque.class)
			.addAbstractTypeMapping(TransferQueue.class, LinkedTransferQueue.class);
	}

	/**
	 * A set of bits as an array of 64-bit words, the lowest first.
	 */
	private static final class BitSetWriter extends StdSerializer<BitSet> {

		BitSetWriter() {
			super(BitSet.class);
		}

		@Override
		public void serialize(BitSet value, JsonGenerator out, SerializationContext context) {
			long[] words = value.toLongArray();
			out.writeArray(words, 0, words.length);
		}

		@Override
		public void serializeWithType(BitSet value, JsonGenerator out, SerializationContext context,
				TypeSerializer types) {
			var id = types.writeTypePrefix(out, context, types.typeId(value, JsonToken.VALUE_EMBEDDED_OBJECT));
			serialize(value, out, context);
			types.writeTypeSuffix(out, context, id);
		}

	}

	/**
	 * An optional primitive, by the rules of the primitive.
	 */
	private static final class OptionalReader<T, V> extends StdScalarDeserializer<T> {

		private final Class<V> primitive;

		private final transient Function<V, T> some;

		private final transient T empty;

		OptionalReader(Class<T> type, Class<V> primitive, Function<V, T> some, T empty) {
			super(type);
			this.primitive = primitive;
			this.some = some;
			this.empty = empty;
		}

		@Override
		public T deserialize(JsonParser in, DeserializationContext context) {
			return this.some.apply(context.readValue(in, this.primitive));
		}

		@Override
		public T getNullValue(DeserializationContext context) {
			return this.empty;
		}

	}

	private static final class BitSetReader extends StdDeserializer<BitSet> {

		BitSetReader() {
			super(BitSet.class);
		}

		@Override
		public BitSet deserialize(JsonParser in, DeserializationContext context) {
			return BitSet.valueOf(context.readValue(in, long[].class));
		}

	}

}
