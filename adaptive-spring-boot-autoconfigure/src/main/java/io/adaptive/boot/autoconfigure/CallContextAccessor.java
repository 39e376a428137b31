package io.adaptive.boot.autoconfigure;

import io.adaptive.stream.CallContext;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a handler passes on to the messages it sends to other threads, by
 * Micrometer's context propagation: the deadline and the cancellation of its caller, too,
 * which hold until the call is answered. Found by the service loader.
 *
 * @see CallContext#detach(Runnable)
 */
public final class CallContextAccessor implements ThreadLocalAccessor<CallContext> {

	@Override
	public Object key() {
		return CallContext.KEY;
	}

	@Override
	public @Nullable CallContext getValue() {
		return CallContext.current();
	}

	/**
	 * Binds what was captured on another thread, or leaves alone what was on this one.
	 * @param value what was captured
	 */
	@Override
	public void setValue(CallContext value) {
		if (!value.equals(CallContext.current())) {
			CallContext.bind(value.handedOver());
		}
	}

	@Override
	public void setValue() {
		CallContext.bind(null);
	}

	/**
	 * Binds what was bound to this thread before, deadline included.
	 * @param previousValue what was bound
	 */
	@Override
	public void restore(CallContext previousValue) {
		CallContext.bind(previousValue);
	}

}
