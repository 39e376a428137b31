package io.adaptive.internal.transport;

import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * The target of a dial.
 *
 * @param service the service
 * @param scope the scope in which it was found, {@code null} if only the address is known
 * @param instance the node that must answer, {@code null} for any
 */
record DialTarget(ServiceName service, @Nullable Scope scope, @Nullable Instance instance) {

	static DialTarget of(ServiceInstance instance) {
		return new DialTarget(instance.service(), instance.scope(), instance.instance());
	}

	/**
	 * Returns a target that accepts any answering node.
	 */
	static DialTarget of(ServiceName service) {
		return new DialTarget(service, null, null);
	}

	boolean isMetBy(Instance answering) {
		return this.instance == null || this.instance.equals(answering);
	}

}
