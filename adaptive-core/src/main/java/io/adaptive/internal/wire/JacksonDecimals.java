package io.adaptive.internal.wire;

import java.util.Arrays;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads an array of {@code double} or {@code float}, each element as one that stands
 * alone.
 */
final class JacksonDecimals extends StdDeserializer<Object> {

	private static final int FIRST_LENGTH = 16;

	private final Class<?> component;

	JacksonDecimals(Class<?> type) {
		super(type);
		this.component = type.getComponentType();
	}

	@Override
	public Object deserialize(JsonParser in, DeserializationContext context) {
		if (!in.isExpectedStartArrayToken()) {
			return context.handleUnexpectedToken(context.constructType(this._valueClass), in);
		}
		return (this.component == double.class) ? doubles(in, context) : floats(in, context);
	}

	private double[] doubles(JsonParser in, DeserializationContext context) {
		double[] values = new double[FIRST_LENGTH];
		int length = 0;
		for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
			if (length == values.length) {
				values = Arrays.copyOf(values, 2 * length);
			}
			double value = (token == JsonToken.VALUE_NUMBER_FLOAT) ? in.getDoubleValue() : Double.NaN;
			values[length++] = Double.isFinite(value) ? value : context.readValue(in, double.class);
		}
		return Arrays.copyOf(values, length);
	}

	private float[] floats(JsonParser in, DeserializationContext context) {
		float[] values = new float[FIRST_LENGTH];
		int length = 0;
		while (in.nextToken() != JsonToken.END_ARRAY) {
			if (length == values.length) {
				values = Arrays.copyOf(values, 2 * length);
			}
			values[length++] = context.readValue(in, float.class);
		}
		return Arrays.copyOf(values, length);
	}

}
