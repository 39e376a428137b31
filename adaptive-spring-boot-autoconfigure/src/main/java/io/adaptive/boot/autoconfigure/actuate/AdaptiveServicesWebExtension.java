package io.adaptive.boot.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Answers by HTTP as is usual there.
 */
@EndpointWebExtension(endpoint = AdaptiveServicesEndpoint.class)
final class AdaptiveServicesWebExtension {

	private final AdaptiveServicesEndpoint endpoint;

	AdaptiveServicesWebExtension(AdaptiveServicesEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@DeleteOperation
	WebEndpointResponse<?> unpublish(@Selector String publisher, @Selector String name) {
		try {
			return new WebEndpointResponse<>(this.endpoint.unpublish(publisher, name));
		}
		catch (UnknownServiceException ex) {
			return new WebEndpointResponse<>(new Problem(String.valueOf(ex.getReason())),
					WebEndpointResponse.STATUS_NOT_FOUND);
		}
	}

	/**
	 * What went wrong.
	 *
	 * @param message what is wrong, and what would be right
	 */
	record Problem(String message) implements OperationResponseBody {
	}

}
