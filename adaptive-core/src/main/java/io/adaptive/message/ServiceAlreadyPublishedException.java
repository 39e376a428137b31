package io.adaptive.message;

/**
 * Thrown when a program publishes a service that is already published.
 */
public class ServiceAlreadyPublishedException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient ServiceName service;

	/**
	 * Creates the exception.
	 * @param service the service
	 * @param where the place where it is already published, as text for the message
	 */
	public ServiceAlreadyPublishedException(ServiceName service, String where) {
		super(ErrorCode.ALREADY_EXISTS, "Service %s is already published %s".formatted(service, where));
		this.service = service;
	}

	/**
	 * Returns the service.
	 * @return its name
	 */
	public ServiceName service() {
		return this.service;
	}

}
