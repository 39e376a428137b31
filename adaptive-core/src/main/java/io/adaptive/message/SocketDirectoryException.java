package io.adaptive.message;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a node cannot create its sockets in the configured or default socket
 * directory.
 */
public class SocketDirectoryException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient Path directory;

	private final @Nullable String remedy;

	/**
	 * Creates the exception.
	 * @param directory the directory
	 * @param problem the problem, as text that follows the name of the directory
	 * @param remedy the action that makes the directory usable, {@code null} if only
	 * another directory helps
	 * @param cause the cause, {@code null} for none
	 */
	public SocketDirectoryException(Path directory, String problem, @Nullable String remedy,
			@Nullable Throwable cause) {
		super(ErrorCode.FAILED_PRECONDITION, Delivery.NOT_SENT, "Socket directory %s %s".formatted(directory, problem),
				cause);
		this.directory = directory;
		this.remedy = remedy;
	}

	/**
	 * Returns the directory.
	 * @return its path
	 */
	public Path directory() {
		return this.directory;
	}

	/**
	 * Returns the action that makes the directory usable.
	 * @return the action, {@code null} if only another directory helps
	 */
	public @Nullable String remedy() {
		return this.remedy;
	}

}
