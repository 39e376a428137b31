package io.adaptive.internal.wire;

import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.PropertyMetadata;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.util.AccessPattern;

/**
 * Reads a value of one form only, and refuses a value that lost something on its way.
 */
final class JacksonStrictReader extends DelegatingDeserializer {

	private static final PropertyMetadata WITHOUT_NULLS = PropertyMetadata.STD_OPTIONAL.withNulls(Nulls.DEFAULT,
			Nulls.FAIL);

	private final Class<?> type;

	private final JacksonForm form;

	JacksonStrictReader(ValueDeserializer<?> deserializer, Class<?> type, JacksonForm form) {
		super(deserializer);
		this.type = type;
		this.form = form;
	}

	@Override
	protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> deserializer) {
		return new JacksonStrictReader(deserializer, this.type, this.form);
	}

	/**
	 * An array of primitives has no place for {@code null}.
	 */
	@Override
	public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
		return super.createContextual(context, this.type.isArray() ? new BeanProperty.Std(PropertyName.NO_NAME,
				context.constructType(this.type), null, null, WITHOUT_NULLS) : property);
	}

	@Override
	public @Nullable Object deserialize(JsonParser in, DeserializationContext context) {
		if (!this.form.accepts(in.currentToken())) {
			return context.handleUnexpectedToken(context.constructType(this.type), in);
		}
		return kept(in, context, super.deserialize(in, context));
	}

	@Override
	public @Nullable Object deserializeWithType(JsonParser in, DeserializationContext context, TypeDeserializer types) {
		JsonToken token = in.currentToken();
		if (token == null || !token.isScalarValue()) {
			return super.deserializeWithType(in, context, types);
		}
		if (!this.form.accepts(token)) {
			return context.handleUnexpectedToken(context.constructType(this.type), in);
		}
		return kept(in, context, super.deserializeWithType(in, context, types));
	}

	private Object kept(JsonParser in, DeserializationContext context, @Nullable Object value) {
		if (value == null || !this.form.isKept(in, value)) {
			return context.reportInputMismatch(this.type, "The value would change");
		}
		return value;
	}

	/**
	 * A primitive that is missing is zero. One that is {@code null} is refused.
	 */
	@Override
	public @Nullable Object getNullValue(DeserializationContext context) {
		return this.type.isPrimitive() ? context.reportInputMismatch(this.type, "A primitive is never null")
				: super.getNullValue(context);
	}

	@Override
	public @Nullable Object getAbsentValue(DeserializationContext context) {
		return this.type.isPrimitive() ? this._delegatee.getNullValue(context) : super.getAbsentValue(context);
	}

	@Override
	public AccessPattern getNullAccessPattern() {
		return this.type.isPrimitive() ? AccessPattern.DYNAMIC : super.getNullAccessPattern();
	}

}
