package io.adaptive.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import org.apache.fory.exception.ForyException;

/**
 * Messages by Apache Fory, in its compatible mode: a component may be added or removed on
 * one side. Each message type has a pool of its own, in which only that type and what its
 * declaration contains is registered; nothing else can be instantiated by a peer.
 *
 * @see <a href="https://fory.apache.org/docs/guide/java/">Apache Fory for Java</a>
 */
public final class ForyCodec implements PayloadCodec {

	private final Map<Class<?>, ForyPool> pools = new ConcurrentHashMap<>();

	@Override
	public String name() {
		return "fory";
	}

	@Override
	public <T> T encode(Object message, Use<T> use) {
		try {
			return pool(message.getClass()).encode(message, use);
		}
		catch (AdaptiveException ex) {
			// Whoever uses the bytes threw it.
			throw ex;
		}
		// Fory reports with many kinds of runtime exceptions.
		catch (RuntimeException ex) {
			throw new MessageCodecException(Delivery.NOT_SENT,
					"Message %s cannot be encoded: %s".formatted(message.getClass().getName(), reason(ex)), ex);
		}
	}

	@Override
	public <T> T decode(Class<T> type, byte[] encoded) {
		try {
			return pool(type).decode(type, encoded);
		}
		catch (RuntimeException ex) {
			throw new MessageCodecException(Delivery.NOT_PROCESSED, "%d bytes cannot be decoded as message %s: %s"
				.formatted(encoded.length, type.getName(), reason(ex)), ex);
		}
	}

	@Override
	public void warmUp(Class<?> type) {
		pool(type).warmUp();
	}

	private ForyPool pool(Class<?> type) {
		ForyPool pool = this.pools.get(type);
		return (pool != null) ? pool : this.pools.computeIfAbsent(type, ForyPool::new);
	}

	private static String reason(RuntimeException ex) {
		Throwable cause = (ex instanceof ForyException && ex.getCause() != null) ? ex.getCause() : ex;
		return cause.getClass().getSimpleName() + ": " + cause.getMessage();
	}

}
