package io.adaptive.internal.wire;

import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
import org.apache.fory.exception.InsecureException;
import org.jspecify.annotations.Nullable;

/**
 * Messages by Apache Fory, in its compatible mode: a component may be added or removed on
 * one side. Each message type has a pool of its own, in which only that type and what its
 * declaration contains is registered; nothing else can be instantiated by a peer.
 *
 * @see <a href="https://fory.apache.org/docs/guide/java/">Apache Fory for Java</a>
 */
public final class ForyCodec implements PayloadCodec {

	/** Sets of classes that containers were sent of, before all are prepared anew. */
	private static final int MAX_SENDERS = 64;

	/** How Fory tells the class that it does not know. */
	private static final Pattern UNKNOWN = Pattern.compile("class (\\S+) is not registered");

	private final Map<Class<?>, ForyPool> pools = new ConcurrentHashMap<>();

	/** By the type that a receiver declares; only those of this program. */
	private final Map<Type, ForyPool> containers = new ConcurrentHashMap<>();

	/** By the classes of the elements. */
	private final Map<Set<Class<?>>, ForyPool> senders = new ConcurrentHashMap<>();

	private final RegisteredTypes registered;

	private final @Nullable Executor background;

	private final int maxDepth;

	/**
	 * Makes the codec for messages that declare what they contain.
	 */
	public ForyCodec() {
		this(RegisteredTypes.NONE);
	}

	/**
	 * Makes the codec.
	 * @param registered what may stand where a message declares {@code Object} or an
	 * interface
	 */
	public ForyCodec(RegisteredTypes registered) {
		this(registered, null);
	}

	/**
	 * Makes a codec whose first messages of a type do not wait for generated code.
	 * @param registered what may stand where a message declares {@code Object} or an
	 * interface
	 * @param background generates the code of types that are in use; {@code null} to
	 * generate it at the first message
	 */
	public ForyCodec(RegisteredTypes registered, @Nullable Executor background) {
		this(registered, background, Codecs.DEFAULT_MAX_DEPTH);
	}

	/**
	 * Makes a codec with a limit of its own.
	 * @param registered what may stand where a message declares {@code Object} or an
	 * interface
	 * @param background generates the code of types that are in use; {@code null} to
	 * generate it at the first message
	 * @param maxDepth how many levels a message may have
	 */
	ForyCodec(RegisteredTypes registered, @Nullable Executor background, int maxDepth) {
		this.registered = registered;
		this.background = background;
		this.maxDepth = maxDepth;
	}

	private ForyPool poolFor(Class<?> type, Set<Class<?>> declared) {
		return new ForyPool(new ForyTypes(type, declared, this.registered.closure(), this.maxDepth), this.background);
	}

	@Override
	public String name() {
		return "fory";
	}

	@Override
	public <T> T encode(Object message, Use<T> use) {
		Class<?> type = MessageType.declaringClass(message.getClass());
		try {
			if (MessageType.of(type).isContainer()) {
				return encode(message, Containers.ownClasses(message), use);
			}
			if (message instanceof Enum<?> constant) {
				// One with a body is of a class of its own, which its receiver need not
				// know.
				return poolOf(Set.of()).encode(constant.name(), use);
			}
			return pool(type).encode(message, use);
		}
		catch (AdaptiveException ex) {
			// Whoever uses the bytes threw it.
			throw ex;
		}
		// Fory reports with many kinds of exceptions, and user code runs too.
		catch (Throwable ex) {
			throw CodecFailure.encoding(name(), type, problem(message, type, ex), ex);
		}
	}

	@Override
	public <T> T encode(Object container, Set<Class<?>> contents, Use<T> use) {
		try {
			return poolOf(contents).encode(Containers.withoutArray(container), use);
		}
		catch (AdaptiveException ex) {
			// Whoever uses the bytes threw it.
			throw ex;
		}
		// Fory reports with many kinds of exceptions, and user code runs too.
		catch (Throwable ex) {
			Class<?> type = MessageType.declaringClass(container.getClass());
			throw CodecFailure.encoding(name(), type, problem(container, type, ex), ex);
		}
	}

	/**
	 * Looks for the value that Fory did not know, of which it tells the class only.
	 */
	private @Nullable String problem(Object message, Class<?> type, Throwable failure) {
		try {
			String unknown = unknownClass(failure);
			String problem = ValueCheck.afterFailure(declaredBy(message, type), this.registered, unknown, this.maxDepth)
				.problem(message, type);
			return (problem == null && unknown != null)
					? "something in it is of %s, which has no encoding; convert it".formatted(unknown) : problem;
		}
		catch (RuntimeException | StackOverflowError ex) {
			return null;
		}
	}

	private static @Nullable String unknownClass(Throwable failure) {
		ForyUnknownClassException unknown = CodecFailure.find(ForyUnknownClassException.class, failure);
		if (unknown != null) {
			return unknown.type().getName();
		}
		Matcher named = UNKNOWN.matcher(String.valueOf(failure.getMessage()));
		return named.find() ? named.group(1) : null;
	}

	private static Set<Class<?>> declaredBy(Object message, Class<?> type) {
		return MessageType.of(type).isContainer() ? Containers.ownClasses(message) : TypeClosure.of(type);
	}

	@Override
	public <T> T decode(MessageType<T> type, byte[] encoded) {
		return decode(type, 0, encoded);
	}

	@Override
	public <T> T decode(MessageType<T> type, long fingerprint, byte[] encoded) {
		try {
			if (type.isContainer()) {
				return container(type, encoded);
			}
			if (type.javaType().isEnum()) {
				return constant(type.javaType(), poolOf(Set.of()).decode(String.class, 0, encoded));
			}
			return pool(type.javaType()).decode(type.javaType(), fingerprint, encoded);
		}
		catch (MessageCodecException ex) {
			throw ex;
		}
		// Fory reports with many kinds of exceptions, and user code runs too.
		catch (Throwable ex) {
			throw CodecFailure.decoding(name(), type.genericType().getTypeName(), encoded.length,
					isTooDeep(ex) ? CodecFailure.TOO_DEEP : null, ex);
		}
	}

	/**
	 * Fory has no exception of its own for it.
	 */
	private static boolean isTooDeep(Throwable failure) {
		InsecureException refusal = CodecFailure.find(InsecureException.class, failure);
		return refusal != null && String.valueOf(refusal.getMessage()).contains("max depth");
	}

	private static <T> T constant(Class<T> type, String name) {
		for (T constant : type.getEnumConstants()) {
			if (((Enum<?>) constant).name().equals(name)) {
				return constant;
			}
		}
		throw new MessageCodecException(Delivery.UNKNOWN,
				"Message %s has no constant \"%s\" here".formatted(type.getName(), name), null);
	}

	/**
	 * Reads a collection or an array, and looks whether it holds what was declared: the
	 * bytes alone say what is in it.
	 */
	private <T> T container(MessageType<T> type, byte[] encoded) {
		Type declared = type.genericType();
		ForyPool pool = this.containers.get(declared);
		if (pool == null) {
			pool = this.containers.computeIfAbsent(declared, (key) -> poolFor(Object.class, TypeClosure.of(declared)));
		}
		Object value = Containers.as(type.javaType(), pool.decode(Object.class, 0, encoded));
		String problem = new ValueCheck(TypeClosure.of(declared), this.registered, false, this.maxDepth).problem(value,
				declared);
		if (problem != null) {
			throw new MessageCodecException(Delivery.UNKNOWN, "%s bytes of %s cannot be decoded as message %s: %s"
				.formatted(encoded.length, name(), declared.getTypeName(), problem), null);
		}
		return type.javaType().cast(value);
	}

	/**
	 * Returns the pool that encodes containers of objects of some classes.
	 */
	private ForyPool poolOf(Set<Class<?>> classes) {
		ForyPool pool = this.senders.get(classes);
		if (pool != null) {
			return pool;
		}
		if (this.senders.size() >= MAX_SENDERS) {
			this.senders.clear();
		}
		return this.senders.computeIfAbsent(Set.copyOf(classes), (key) -> {
			Set<Class<?>> closure = new LinkedHashSet<>();
			key.forEach((each) -> closure.addAll(TypeClosure.of(each)));
			return poolFor(Object.class, closure);
		});
	}

	@Override
	public boolean isReady(MessageType<?> type, long fingerprint) {
		if (type.javaType().isEnum()) {
			ForyPool names = this.senders.get(Set.of());
			return names != null && names.isReadyToDecode(0);
		}
		ForyPool pool = this.pools.get(type.javaType());
		return pool != null && pool.isReadyToDecode(fingerprint);
	}

	@Override
	public boolean isReady(Object message) {
		if (message instanceof Enum<?>) {
			ForyPool names = this.senders.get(Set.of());
			return names != null && names.isReadyToEncode();
		}
		ForyPool pool = this.pools.get(message.getClass());
		return pool != null && pool.isReadyToEncode();
	}

	@Override
	public @Nullable Class<?> knownType(String typeName) {
		return this.registered.known(typeName);
	}

	@Override
	public void warmUp(Class<?> type) {
		prepare(type, ForyPool::warmUp);
	}

	@Override
	public void prepare(Class<?> type) {
		prepare(type, ForyPool::prepare);
	}

	private void prepare(Class<?> type, Consumer<ForyPool> preparation) {
		if (MessageType.of(type).isContainer()) {
			return;
		}
		try {
			preparation.accept(pool(type));
		}
		// Fory reports with many kinds of exceptions, and user code runs too.
		catch (Throwable ex) {
			throw CodecFailure.encoding(name(), type, null, ex);
		}
	}

	private ForyPool pool(Class<?> type) {
		ForyPool pool = this.pools.get(type);
		return (pool != null) ? pool : this.pools.computeIfAbsent(type, (key) -> poolFor(key, TypeClosure.of(key)));
	}

}
