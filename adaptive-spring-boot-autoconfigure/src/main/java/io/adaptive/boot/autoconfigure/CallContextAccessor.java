package io.adaptive.boot.autoconfigure;

import io.adaptive.stream.CallContext;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Propagates the call context of a handler to other threads by Micrometer's context
 * propagation. It includes the deadline and the cancellation of the caller, which apply
 * until the call is answered. Found by the service loader.
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
	 * Binds a context captured on another thread, or leaves that of the current thread
	 * unchanged.
	 * @param value the captured context
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
	 * Restores the context bound to the current thread before, including its deadline.
	 * @param previousValue the previous context
	 */
	@Override
	public void restore(CallContext previousValue) {
		CallContext.bind(previousValue);
	}

}
