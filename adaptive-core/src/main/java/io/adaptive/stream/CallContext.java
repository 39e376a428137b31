package io.adaptive.stream;

import java.time.Duration;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a handler passes on, without knowing, to the calls it makes itself: its caller's
 * deadline. Bound to the thread that runs the handler.
 *
 * @param deadline when the caller gives up, in {@link System#nanoTime()}
 */
public record CallContext(long deadline) {

	private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

	private static final Binding UNCHANGED = () -> {
	};

	/**
	 * Returns the context of this thread.
	 * @return the context, {@code null} outside of handlers and for callers without a
	 * deadline
	 */
	public static @Nullable CallContext current() {
		return CURRENT.get();
	}

	/**
	 * Binds a context to this thread.
	 * @param context the context, or {@code null} for none
	 * @return restores what was bound before
	 */
	public static Binding bind(@Nullable CallContext context) {
		CallContext before = CURRENT.get();
		if (before == null && context == null) {
			return UNCHANGED;
		}
		set(context);
		return () -> set(before);
	}

	private static void set(@Nullable CallContext context) {
		if (context == null) {
			CURRENT.remove();
		}
		else {
			CURRENT.set(context);
		}
	}

	/**
	 * Shortens a timeout to what this thread's context leaves.
	 * @param timeout the timeout, zero for none
	 * @return the shorter of both, zero for none
	 * @throws AdaptiveException if the deadline has passed
	 */
	public static Duration limit(Duration timeout) {
		CallContext context = CURRENT.get();
		if (context == null) {
			return timeout;
		}
		long left = context.deadline - System.nanoTime();
		if (left <= 0) {
			throw new AdaptiveException(ErrorCode.DEADLINE_EXCEEDED, Delivery.NOT_SENT,
					"The caller of this handler has given up, so nothing more is asked for it", null);
		}
		return (timeout.isZero() || timeout.toNanos() > left) ? Duration.ofNanos(left) : timeout;
	}

	/**
	 * A context that is bound.
	 */
	@FunctionalInterface
	public interface Binding extends AutoCloseable {

		@Override
		void close();

	}

}
