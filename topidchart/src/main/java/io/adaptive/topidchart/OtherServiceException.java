package io.adaptive.topidchart;

import io.adaptive.message.ServiceInstance;

/**
 * There is another chart service on the network.
 */
class OtherServiceException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	OtherServiceException(ServiceInstance other) {
		super("There is a chart service on the network: %s, found in %s".formatted(other, other.scope()));
	}

}
