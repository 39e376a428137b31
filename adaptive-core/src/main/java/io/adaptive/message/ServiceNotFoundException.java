package io.adaptive.message;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when no usable instance of a service appeared within the discover timeout.
 */
public class ServiceNotFoundException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient ServicePattern pattern;

	private final transient List<Scope> scopes;

	/**
	 * Creates the exception.
	 * @param pattern the pattern of the services searched for
	 * @param scopes the scopes searched
	 * @param waited the time waited
	 */
	public ServiceNotFoundException(ServicePattern pattern, Collection<Scope> scopes, Duration waited) {
		super(ErrorCode.NOT_FOUND, Delivery.NOT_SENT, describe(pattern, scopes, waited), null);
		this.pattern = pattern;
		this.scopes = List.copyOf(scopes);
	}

	private static String describe(ServicePattern service, Collection<Scope> scopes, Duration waited) {
		return "Service %s (publisher \"%s\", name \"%s\") not found in scope %s within %s ms; is it published there?"
			.formatted(service, service.publisher(), service.name(),
					scopes.stream().map(Enum::name).collect(Collectors.joining(", ")), waited.toMillis());
	}

	/**
	 * Returns the pattern of the services searched for.
	 * @return the pattern, which is exact for one service
	 */
	public ServicePattern pattern() {
		return this.pattern;
	}

	/**
	 * Returns the scopes searched.
	 * @return the scopes, nearest first
	 */
	public List<Scope> scopes() {
		return this.scopes;
	}

}
