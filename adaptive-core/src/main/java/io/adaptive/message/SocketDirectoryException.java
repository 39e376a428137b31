package io.adaptive.message;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A node cannot have its sockets in the directory that it was given, or that it has by
 * default.
 */
public class SocketDirectoryException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient Path directory;

	private final @Nullable String remedy;

	/**
	 * Makes the exception.
	 * @param directory the directory
	 * @param problem what is wrong with it, in words that follow its name
	 * @param remedy what would make it right, {@code null} if only another directory
	 * would
	 * @param cause what was caught, {@code null} for nothing
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
	 * Returns what would make the directory right.
	 * @return what to do, {@code null} if only another directory helps
	 */
	public @Nullable String remedy() {
		return this.remedy;
	}

}
