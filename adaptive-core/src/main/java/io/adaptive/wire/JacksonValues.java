package io.adaptive.wire;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
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
		return new SimpleModule("adaptive").addSerializer(BitSet.class, new BitSetWriter())
			.addDeserializer(BitSet.class, new BitSetReader())
			// In the order of the sender.
			.addAbstractTypeMapping(Set.class, LinkedHashSet.class)
			.addAbstractTypeMapping(Map.class, LinkedHashMap.class);
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
