package io.adaptive.message;

/**
 * A program publishes one service twice.
 */
public class ServiceAlreadyPublishedException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient ServiceName service;

	/**
	 * Makes the exception.
	 * @param service the service
	 * @param where where it stands already, in words
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
