package io.adaptive.wire;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Messages by Jackson: as JSON, for people who read what travels, or as CBOR, for peers
 * in other languages. A component that one side does not know is passed over, one that it
 * misses is {@code null} or zero. A component of a sealed type carries the message name
 * of its concrete type as {@code @type}.
 */
public final class JacksonCodec implements PayloadCodec {

	private final String name;

	private final ObjectMapper mapper;

	JacksonCodec(String name, MapperBuilder<?, ?> builder) {
		this.name = name;
		this.mapper = builder.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.changeDefaultVisibility((checker) -> checker.withVisibility(PropertyAccessor.ALL, Visibility.NONE)
				.withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
				.withVisibility(PropertyAccessor.CREATOR, Visibility.ANY))
			.annotationIntrospector(new SealedTypes())
			.build();
	}

	/**
	 * Makes the codec {@code json}.
	 * @return the codec
	 */
	public static JacksonCodec json() {
		return new JacksonCodec("json", JsonMapper.builder());
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public <T> T encode(Object message, Use<T> use) {
		byte[] bytes = write(message);
		return use.apply(bytes, bytes.length);
	}

	private byte[] write(Object message) {
		try {
			return this.mapper.writeValueAsBytes(message);
		}
		catch (JacksonException ex) {
			throw new MessageCodecException(Delivery.NOT_SENT, "Message %s cannot be encoded as %s: %s"
				.formatted(message.getClass().getName(), this.name, ex.getMessage()), ex);
		}
	}

	@Override
	public <T> T decode(Class<T> type, byte[] encoded) {
		try {
			T message = this.mapper.readValue(encoded, type);
			if (message == null) {
				throw new MessageCodecException(Delivery.NOT_PROCESSED, "%d bytes of %s are null, not a message %s"
					.formatted(encoded.length, this.name, type.getName()), null);
			}
			return message;
		}
		catch (JacksonException ex) {
			throw new MessageCodecException(Delivery.NOT_PROCESSED, "%d bytes of %s cannot be decoded as message %s: %s"
				.formatted(encoded.length, this.name, type.getName(), ex.getOriginalMessage()), ex);
		}
	}

	@Override
	public void warmUp(Class<?> type) {
		this.mapper.readerFor(type);
		this.mapper.writerFor(type);
	}

	/**
	 * Gives sealed types their names without annotations on the messages.
	 */
	private static final class SealedTypes extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1L;

		@Override
		public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
			JsonTypeInfo.Value annotatedInfo = super.findPolymorphicTypeInfo(config, annotated);
			if (annotatedInfo != null || !isSealedClass(annotated)) {
				return annotatedInfo;
			}
			return JsonTypeInfo.Value.construct(JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "@type", null, false,
					null);
		}

		@Override
		public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
			if (!isSealedClass(annotated)) {
				return super.findSubtypes(config, annotated);
			}
			return MessageType.of(annotated.getRawType())
				.members()
				.stream()
				.map((member) -> new NamedType(member, MessageType.of(member).name()))
				.toList();
		}

		private static boolean isSealedClass(Annotated annotated) {
			return annotated.getAnnotated() instanceof Class<?> type && type.isSealed();
		}

	}

}
