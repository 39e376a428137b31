package io.adaptive.internal.transport;

import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of an endpoint.
 *
 * @param service the service
 * @param scope where it was found, {@code null} if only the address is known
 * @param instance the node that must answer, {@code null} for any
 */
record DialTarget(ServiceName service, @Nullable Scope scope, @Nullable Instance instance) {

	static DialTarget of(ServiceInstance instance) {
		return new DialTarget(instance.service(), instance.scope(), instance.instance());
	}

	/**
	 * Wants a service of whatever node answers.
	 */
	static DialTarget of(ServiceName service) {
		return new DialTarget(service, null, null);
	}

	boolean isMetBy(Instance answering) {
		return this.instance == null || this.instance.equals(answering);
	}

}
