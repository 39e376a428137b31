package io.adaptive.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Messages by Apache Fory, in its compatible mode: a component may be added or removed on
 * one side. Each message type has a pool of its own, in which only that type and what its
 * declaration contains is registered; nothing else can be instantiated by a peer.
 *
 * @see <a href="https://fory.apache.org/docs/guide/java/">Apache Fory for Java</a>
 */
public final class ForyCodec implements PayloadCodec {

	/** How Fory tells the class that it does not know. */
	private static final Pattern UNKNOWN = Pattern.compile("class (\\S+) is not registered");

	private final Map<Class<?>, ForyPool> pools = new ConcurrentHashMap<>();

	private final RegisteredTypes registered;

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
		this.registered = registered;
	}

	@Override
	public String name() {
		return "fory";
	}

	@Override
	public <T> T encode(Object message, Use<T> use) {
		Class<?> type = MessageType.declaringClass(message.getClass());
		try {
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

	/**
	 * Looks for the value that Fory did not know, of which it tells the class only.
	 */
	private @Nullable String problem(Object message, Class<?> type, Throwable failure) {
		try {
			Matcher unknown = UNKNOWN.matcher(String.valueOf(failure.getMessage()));
			return ValueCheck
				.afterFailure(TypeClosure.of(type), this.registered, unknown.find() ? unknown.group(1) : null)
				.problem(message, type);
		}
		catch (RuntimeException | StackOverflowError ex) {
			return null;
		}
	}

	@Override
	public <T> T decode(Class<T> type, byte[] encoded) {
		try {
			return pool(type).decode(type, encoded);
		}
		// Fory reports with many kinds of exceptions, and user code runs too.
		catch (Throwable ex) {
			throw CodecFailure.decoding(name(), type.getTypeName(), encoded.length, null, ex);
		}
	}

	@Override
	public @Nullable Class<?> knownType(String typeName) {
		return this.registered.known(typeName);
	}

	@Override
	public void warmUp(Class<?> type) {
		try {
			pool(type).warmUp();
		}
		// Fory reports with many kinds of exceptions, and user code runs too.
		catch (Throwable ex) {
			throw CodecFailure.encoding(name(), type, null, ex);
		}
	}

	private ForyPool pool(Class<?> type) {
		ForyPool pool = this.pools.get(type);
		return (pool != null) ? pool
				: this.pools.computeIfAbsent(type, (key) -> new ForyPool(key, this.registered.closure()));
	}

}
