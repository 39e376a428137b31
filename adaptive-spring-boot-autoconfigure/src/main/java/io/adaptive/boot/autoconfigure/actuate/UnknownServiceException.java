package io.adaptive.boot.autoconfigure.actuate;

import java.util.List;

import io.adaptive.message.ServiceName;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Thrown when the service to be unpublished is not published by the node.
 */
final class UnknownServiceException extends InvalidEndpointRequestException {

	private static final long serialVersionUID = 1L;

	private static final int MOST = 20;

	UnknownServiceException(ServiceName service, List<String> published) {
		super(text(service, published), text(service, published));
	}

	private static String text(ServiceName service, List<String> published) {
		String own = published.isEmpty() ? "no services"
				: String.join(", ", published.subList(0, Math.min(published.size(), MOST)))
						+ ((published.size() > MOST) ? " and %s more".formatted(published.size() - MOST) : "");
		return "This application does not publish service %s; it publishes %s".formatted(service, own);
	}

}
