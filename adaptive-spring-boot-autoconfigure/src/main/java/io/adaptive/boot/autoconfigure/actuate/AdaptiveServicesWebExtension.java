package io.adaptive.boot.autoconfigure.actuate;

import io.adaptive.message.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Reports invalid requests for services as HTTP responses.
 */
@EndpointWebExtension(endpoint = AdaptiveServicesEndpoint.class)
final class AdaptiveServicesWebExtension {

	private final AdaptiveServicesEndpoint endpoint;

	AdaptiveServicesWebExtension(AdaptiveServicesEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@ReadOperation
	WebEndpointResponse<?> services(@Nullable String publisher, @Nullable String name, @Nullable Scope scope) {
		try {
			return new WebEndpointResponse<>(this.endpoint.services(publisher, name, scope));
		}
		catch (InvalidEndpointRequestException ex) {
			return Problem.of(ex, WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	@DeleteOperation
	WebEndpointResponse<?> unpublish(@Selector String publisher, @Selector String name) {
		try {
			return new WebEndpointResponse<>(this.endpoint.unpublish(publisher, name));
		}
		catch (UnknownServiceException ex) {
			return Problem.of(ex, WebEndpointResponse.STATUS_NOT_FOUND);
		}
		catch (InvalidEndpointRequestException ex) {
			return Problem.of(ex, WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

}
