package io.adaptive.boot.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Reports invalid scale factors as HTTP responses.
 */
@EndpointWebExtension(endpoint = AdaptiveEndpoint.class)
final class AdaptiveWebExtension {

	private final AdaptiveEndpoint endpoint;

	AdaptiveWebExtension(AdaptiveEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@WriteOperation
	WebEndpointResponse<?> scale(@Nullable Integer resident, @Nullable Integer queueSizePerCore,
			@Nullable Integer queueWeight, @Nullable Integer max) {
		try {
			return new WebEndpointResponse<>(this.endpoint.scale(resident, queueSizePerCore, queueWeight, max));
		}
		catch (InvalidEndpointRequestException ex) {
			return Problem.of(ex, WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

}
