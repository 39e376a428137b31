package io.adaptive.boot.autoconfigure.actuate;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The problem of an invalid request. Boot itself would omit the message.
 * 
 * @param message the problem and the valid form
 */
record Problem(String message) implements OperationResponseBody {

	static WebEndpointResponse<Object> of(InvalidEndpointRequestException error, int status) {
		return new WebEndpointResponse<>(new Problem(String.valueOf(error.getReason())), status);
	}

}
