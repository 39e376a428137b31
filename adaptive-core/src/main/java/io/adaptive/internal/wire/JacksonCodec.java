package io.adaptive.internal.wire;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TSFBuilder;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.ConstructorDetector;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Messages by Jackson: as JSON, for people who read what travels, or as CBOR, for peers
 * in other languages. A component that one side does not know is passed over, one that it
 * misses is {@code null} or zero. A component of a sealed type carries the message name
 * of its concrete type as {@code @type}. A message with a value that would come back as
 * another one is refused before it is encoded.
 */
public final class JacksonCodec implements PayloadCodec {

	/** All declarations of a type are read alike. */
	private static final long ANY = 0;

	private final String name;

	private final ObjectMapper mapper;

	private final RegisteredTypes registered;

	private final int maxDepth;

	/** What message types declare. */
	private final ClassValue<Declared> declared = new ClassValue<>() {
		@Override
		protected Declared computeValue(Class<?> type) {
			return new Declared(TypeClosure.of(type));
		}
	};

	/** Why receivers of containers cannot read them. Only types of this program. */
	private final Map<Type, Optional<String>> containers = new ConcurrentHashMap<>();

	/** What the mapper has made of classes so far, by reflection. */
	private final ClassValue<PreparedCode> prepared = new ClassValue<>() {
		@Override
		protected PreparedCode computeValue(Class<?> type) {
			return new PreparedCode();
		}
	};

	private JacksonCodec(String name, MapperBuilder<?, ?> builder, RegisteredTypes registered, int maxDepth) {
		this.name = name;
		this.maxDepth = maxDepth;
		this.registered = registered;
		this.mapper = builder.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.withCoercionConfig(LogicalType.Textual,
					(texts) -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
			.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE, DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
			.enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
			.disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
			.changeDefaultVisibility((checker) -> checker.withVisibility(PropertyAccessor.ALL, Visibility.NONE)
				.withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
				.withVisibility(PropertyAccessor.CREATOR, Visibility.ANY)
				.withScalarConstructorVisibility(Visibility.ANY))
			// A constructor with one parameter takes a component, not the whole object.
			.constructorDetector(ConstructorDetector.USE_PROPERTIES_BASED)
			.annotationIntrospector(new JacksonTypes.SealedTypes())
			.setDefaultTyping(new JacksonTypes.OpenValues(registered))
			.addModules(JacksonKotlin.modules())
			.addModule(JacksonValues.module())
			.build();
	}

	/**
	 * Makes the codec {@code json}.
	 * @return the codec
	 */
	public static JacksonCodec json() {
		return json(RegisteredTypes.NONE);
	}

	/**
	 * Makes the codec {@code json}.
	 * @param registered what may stand where a message declares {@code Object} or an
	 * interface
	 * @return the codec
	 */
	public static JacksonCodec json(RegisteredTypes registered) {
		return json(registered, Codecs.DEFAULT_MAX_DEPTH);
	}

	static JacksonCodec json(RegisteredTypes registered, int maxDepth) {
		return of("json", new JsonFactoryBuilder(), JsonMapper::builder, registered, maxDepth);
	}

	/**
	 * Makes a codec.
	 * @param format makes the readers and writers of the format
	 * @param maxDepth how many levels a message may have; with the name of its type, a
	 * value has two in the text
	 */
	static <F extends TokenStreamFactory> JacksonCodec of(String name, TSFBuilder<F, ?> format,
			Function<F, MapperBuilder<?, ?>> mapper, RegisteredTypes registered, int maxDepth) {
		int levels = 2 * maxDepth + 1;
		F factory = format.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(levels).build())
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(levels).build())
			.build();
		return new JacksonCodec(name, mapper.apply(factory), registered, maxDepth);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public <T> T encode(Object message, Use<T> use) {
		byte[] bytes = write(message);
		T used = use.apply(bytes, bytes.length);
		// With the use its announcement.
		this.prepared.get(MessageType.declaringClass(message.getClass())).hasWritten();
		return used;
	}

	private byte[] write(Object message) {
		Class<?> type = MessageType.declaringClass(message.getClass());
		try {
			boolean container = MessageType.of(type).isContainer();
			Type found = container ? Containers.typeOf(message) : type;
			if (container && Containers.isOpen(found)) {
				throw CodecFailure.encoding(this.name, type,
						"its elements have no type in common, and %s does not name their types; use a record, elements of a "
							.formatted(this.name) + "sealed type, or the codec fory");
			}
			Type declaredType = Containers.encodedAs(found);
			Declared declares = container ? new Declared(TypeClosure.of(declaredType)) : this.declared.get(type);
			String problem = (declares.obstacle != null) ? declares.obstacle
					: new ValueCheck(declares.classes, this.registered, true, this.maxDepth).problem(message,
							declaredType);
			if (problem != null) {
				throw CodecFailure.encoding(this.name, type, problem);
			}
			return container ? this.mapper.writerFor(this.mapper.constructType(declaredType)).writeValueAsBytes(message)
					: this.mapper.writeValueAsBytes(message);
		}
		catch (MessageCodecException ex) {
			throw ex;
		}
		// User code runs too, and whatever it throws must be told.
		catch (Throwable ex) {
			throw CodecFailure.encoding(this.name, type, JacksonProblem.ofEncoding(ex), ex);
		}
	}

	@Override
	public <T> T decode(MessageType<T> type, byte[] encoded) {
		String typeName = type.genericType().getTypeName();
		if (type.isContainer() && Containers.isOpen(type.genericType())) {
			throw new MessageCodecException(Delivery.UNKNOWN,
					"A %s cannot be decoded from %s, which does not say what it holds; name that by a TypeReference"
						.formatted(typeName, this.name),
					null);
		}
		String obstacle = obstacleOf(type);
		if (obstacle != null) {
			throw new MessageCodecException(Delivery.UNKNOWN,
					"Message %s cannot be decoded from %s: %s".formatted(typeName, this.name, obstacle), null);
		}
		T message;
		try {
			message = this.mapper.readValue(encoded,
					this.mapper.constructType(Containers.encodedAs(type.genericType())));
		}
		// User code runs too, and whatever it throws must be told.
		catch (Throwable ex) {
			throw CodecFailure.decoding(this.name, typeName, encoded.length, JacksonProblem.of(ex), ex);
		}
		if (message == null) {
			throw new MessageCodecException(Delivery.UNKNOWN,
					"%s bytes of %s are null, not a message %s".formatted(encoded.length, this.name, typeName), null);
		}
		this.prepared.get(type.javaType()).hasRead(ANY);
		return message;
	}

	/**
	 * Tells why no message of a type can be read. Its sender may be told otherwise.
	 */
	private @Nullable String obstacleOf(MessageType<?> type) {
		if (!type.isContainer()) {
			return this.declared.get(type.javaType()).obstacle;
		}
		return this.containers.computeIfAbsent(type.genericType(), (key) -> {
			Class<?> refused = ComponentTypes.refusedIn(key, true);
			return Optional.ofNullable((refused != null) ? ComponentTypes.refusal("an element", refused)
					: new Declared(TypeClosure.of(key)).obstacle);
		}).orElse(null);
	}

	@Override
	public boolean isReady(MessageType<?> type, long fingerprint) {
		return type.isContainer() || this.prepared.get(type.javaType()).reads(ANY);
	}

	@Override
	public boolean isReady(Object message) {
		return Containers.isContainer(message)
				|| this.prepared.get(MessageType.declaringClass(message.getClass())).writes();
	}

	@Override
	public @Nullable Class<?> knownType(String typeName) {
		return this.registered.known(typeName);
	}

	@Override
	public void warmUp(Class<?> type) {
		if (MessageType.of(type).isContainer()) {
			return;
		}
		MessageSchema.of(type);
		this.mapper.readerFor(type);
		this.mapper.writerFor(type);
		this.prepared.get(type).hasRead(ANY);
		this.prepared.get(type).hasWritten();
	}

	/**
	 * What a message type declares.
	 *
	 * @param classes the classes that it may contain
	 * @param obstacle why no message of it can be decoded, {@code null} if it can
	 */
	private record Declared(Set<Class<?>> classes, @Nullable String obstacle) {

		Declared(Set<Class<?>> classes) {
			this(classes, obstacle(classes));
		}

		private static @Nullable String obstacle(Set<Class<?>> classes) {
			String keys = TextKeys.obstacle(classes);
			return (keys != null) ? keys : ComponentTypes.obstacle(classes, true);
		}

	}

}
