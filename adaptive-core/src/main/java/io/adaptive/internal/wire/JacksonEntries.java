package io.adaptive.internal.wire;

import java.util.AbstractMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.deser.std.StdConvertingDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.Serializers;
import tools.jackson.databind.ser.std.StdConvertingSerializer;
import tools.jackson.databind.type.TypeFactory;
import tools.jackson.databind.util.Converter;
import tools.jackson.databind.util.StdConverter;

/**
 * Entries of maps as objects with the members {@code key} and {@code value}. By itself,
 * Jackson makes the key a name, which only texts are.
 */
final class JacksonEntries extends SimpleModule {

	private static final long serialVersionUID = 1L;

	JacksonEntries(String name) {
		super(name);
	}

	@Override
	public void setupModule(SetupContext context) {
		super.setupModule(context);
		context.addSerializers(new Writers());
		context.addDeserializers(new Readers());
	}

	private static JavaType form(TypeFactory types, JavaType entry) {
		JavaType[] arguments = entry.findTypeParameters(Map.Entry.class);
		return (arguments.length == 2) ? types.constructParametricType(Form.class, arguments)
				: types.constructParametricType(Form.class, Object.class, Object.class);
	}

	/**
	 * An entry as it is written.
	 *
	 * @param <K> the type of the key
	 * @param <V> the type of the value
	 */
	record Form<K, V>(@Nullable K key, @Nullable V value) {
	}

	private static final class Writers extends Serializers.Base {

		@Override
		public @Nullable ValueSerializer<?> findSerializer(SerializationConfig config, JavaType type,
				BeanDescription.Supplier description, JsonFormat.Value format) {
			return type.isTypeOrSubTypeOf(Map.Entry.class)
					? new Writer(new ToForm(type, form(config.getTypeFactory(), type)), null, null) : null;
		}

	}

	/**
	 * Writes the name of the type of the entry, not that of its form.
	 */
	private static final class Writer extends StdConvertingSerializer {

		private final ToForm converter;

		Writer(ToForm converter, @Nullable ValueSerializer<?> delegate, @Nullable BeanProperty property) {
			super(converter, converter.form, delegate, property);
			this.converter = converter;
		}

		@Override
		protected StdConvertingSerializer withDelegate(Converter<Object, ?> unused, JavaType type,
				ValueSerializer<?> delegate, BeanProperty property) {
			return new Writer(this.converter, delegate, property);
		}

		@Override
		public void serializeWithType(Object value, JsonGenerator out, SerializationContext context,
				TypeSerializer types) {
			var id = types.writeTypePrefix(out, context, types.typeId(value, JsonToken.VALUE_EMBEDDED_OBJECT));
			serialize(value, out, context);
			types.writeTypeSuffix(out, context, id);
		}

	}

	private static final class Readers extends Deserializers.Base {

		@Override
		public @Nullable ValueDeserializer<?> findBeanDeserializer(JavaType type, DeserializationConfig config,
				BeanDescription.Supplier description) {
			return hasDeserializerFor(config, type.getRawClass())
					? new StdConvertingDeserializer<>(new FromForm(type, form(config.getTypeFactory(), type))) : null;
		}

		@Override
		public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
			return type == Map.Entry.class || type == AbstractMap.SimpleEntry.class
					|| type == AbstractMap.SimpleImmutableEntry.class;
		}

	}

	/**
	 * Takes an entry apart.
	 */
	private static final class ToForm extends StdConverter<Object, Object> {

		private final JavaType entry;

		private final JavaType form;

		ToForm(JavaType entry, JavaType form) {
			this.entry = entry;
			this.form = form;
		}

		@Override
		public Object convert(Object value) {
			Map.Entry<?, ?> of = (Map.Entry<?, ?>) value;
			return new Form<>(of.getKey(), of.getValue());
		}

		@Override
		public JavaType getInputType(TypeFactory types) {
			return this.entry;
		}

		@Override
		public JavaType getOutputType(TypeFactory types) {
			return this.form;
		}

	}

	/**
	 * Makes an entry of the declared class.
	 */
	private static final class FromForm extends StdConverter<Object, Object> {

		private final JavaType entry;

		private final JavaType form;

		FromForm(JavaType entry, JavaType form) {
			this.entry = entry;
			this.form = form;
		}

		@Override
		public Object convert(Object value) {
			Form<?, ?> of = (Form<?, ?>) value;
			return this.entry.hasRawClass(AbstractMap.SimpleEntry.class)
					? new AbstractMap.SimpleEntry<>(of.key(), of.value())
					: new AbstractMap.SimpleImmutableEntry<>(of.key(), of.value());
		}

		@Override
		public JavaType getInputType(TypeFactory types) {
			return this.form;
		}

		@Override
		public JavaType getOutputType(TypeFactory types) {
			return this.entry;
		}

	}

}
