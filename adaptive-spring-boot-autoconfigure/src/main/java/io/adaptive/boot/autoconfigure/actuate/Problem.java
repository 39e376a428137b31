package io.adaptive.boot.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What was wrong with a request. Boot itself would leave the message out.
 *
 * @param message what is wrong, and what would be right
 */
record Problem(String message) implements OperationResponseBody {

	static WebEndpointResponse<Object> of(InvalidEndpointRequestException error, int status) {
		return new WebEndpointResponse<>(new Problem(String.valueOf(error.getReason())), status);
	}

}
