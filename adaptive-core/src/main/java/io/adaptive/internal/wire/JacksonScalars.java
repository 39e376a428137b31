package io.adaptive.internal.wire;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.type.ArrayType;

/**
 * Makes Jackson accept a scalar only in the form in which it is written. By itself,
 * Jackson turns a blank text into a missing value, a number into a constant of an enum or
 * a moment, and {@code null} into zero.
 */
final class JacksonScalars extends ValueDeserializerModifier {

	private static final long serialVersionUID = 1L;

	@Override
	public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription.Supplier description,
			ValueDeserializer<?> deserializer) {
		Class<?> type = description.getBeanClass();
		JacksonForm form = JacksonForm.of(type);
		return (form != null) ? new JacksonStrictReader(deserializer, type, form) : deserializer;
	}

	@Override
	public ValueDeserializer<?> modifyEnumDeserializer(DeserializationConfig config, JavaType type,
			BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
		JacksonForm form = JacksonForm.of(type.getRawClass());
		return new JacksonStrictReader(deserializer, type.getRawClass(), (form != null) ? form : JacksonForm.TEXT);
	}

	@Override
	public ValueDeserializer<?> modifyArrayDeserializer(DeserializationConfig config, ArrayType type,
			BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
		Class<?> component = type.getContentType().getRawClass();
		if (!component.isPrimitive()) {
			return deserializer;
		}
		if (component == double.class || component == float.class) {
			return new JacksonDecimals(type.getRawClass());
		}
		JacksonForm form = (component == byte.class) ? JacksonForm.BYTES : JacksonForm.ARRAY;
		return new JacksonStrictReader(deserializer, type.getRawClass(),
				(component == char.class) ? JacksonForm.TEXT : form);
	}

}
