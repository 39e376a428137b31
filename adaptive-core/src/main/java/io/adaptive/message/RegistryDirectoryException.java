package io.adaptive.message;

import java.nio.file.Path;

/**
 * Thrown when a root registry cannot store its registrations in the configured directory.
 */
public class RegistryDirectoryException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient Path directory;

	/**
	 * Creates the exception.
	 * @param directory the directory
	 * @param cause the cause
	 */
	public RegistryDirectoryException(Path directory, Throwable cause) {
		super(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT,
				"The root registry cannot use its directory %s: %s; choose one that this user can write"
					.formatted(directory, cause),
				cause);
		this.directory = directory;
	}

	/**
	 * Returns the directory.
	 * @return its path
	 */
	public Path directory() {
		return this.directory;
	}

}
