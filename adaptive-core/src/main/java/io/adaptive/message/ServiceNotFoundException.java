package io.adaptive.message;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * No instance of a service appeared in time.
 */
public class ServiceNotFoundException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient ServiceName service;

	private final transient List<Scope> scopes;

	/**
	 * Makes the exception.
	 * @param service the service looked for
	 * @param scopes the scopes searched
	 * @param waited how long
	 */
	public ServiceNotFoundException(ServiceName service, Collection<Scope> scopes, Duration waited) {
		super(ErrorCode.NOT_FOUND, Delivery.NOT_SENT, describe(service, scopes, waited), null);
		this.service = service;
		this.scopes = List.copyOf(scopes);
	}

	private static String describe(ServiceName service, Collection<Scope> scopes, Duration waited) {
		return "Service %s (publisher \"%s\", name \"%s\") not found in scope %s within %d ms; is it published there?"
			.formatted(service, service.publisher(), service.name(),
					scopes.stream().map(Enum::name).collect(Collectors.joining(", ")), waited.toMillis());
	}

	/**
	 * Returns the service looked for.
	 * @return its name
	 */
	public ServiceName service() {
		return this.service;
	}

	/**
	 * Returns the scopes searched.
	 * @return the scopes, nearest first
	 */
	public List<Scope> scopes() {
		return this.scopes;
	}

}
