package io.adaptive.message;

/**
 * Error codes, with the names and numbers of the canonical gRPC status codes.
 *
 * @see <a href="https://grpc.io/docs/guides/status-codes/">gRPC status codes</a>
 */
public enum ErrorCode {

	/** No error. The cause of a regular end of a stream or connection. */
	OK(0),

	/** The operation was cancelled, usually by the caller. */
	CANCELLED(1),

	/**
	 * A failure without a more specific code, such as an exception thrown by a handler.
	 */
	UNKNOWN(2),

	/**
	 * The caller sent an argument that is invalid regardless of the state of the service.
	 */
	INVALID_ARGUMENT(3),

	/** The operation did not complete before its deadline. */
	DEADLINE_EXCEEDED(4),

	/** The requested entity does not exist. */
	NOT_FOUND(5),

	/** The entity to be created already exists. */
	ALREADY_EXISTS(6),

	/** The caller is authenticated but not authorized. */
	PERMISSION_DENIED(7),

	/** A limit was reached, such as memory, a quota or a size. */
	RESOURCE_EXHAUSTED(8),

	/** The state of the service does not allow the operation. */
	FAILED_PRECONDITION(9),

	/** The operation was aborted because of a conflict. */
	ABORTED(10),

	/** The operation went past the end, such as the end of a stream. */
	OUT_OF_RANGE(11),

	/** The service has no handler for the message. */
	UNIMPLEMENTED(12),

	/** An invariant of the framework or a rule of the protocol was violated. */
	INTERNAL(13),

	/** The peer is unreachable or shutting down. Another instance may succeed. */
	UNAVAILABLE(14),

	/** Data was lost or corrupted. */
	DATA_LOSS(15),

	/** The caller is not authenticated. */
	UNAUTHENTICATED(16);

	private final int number;

	ErrorCode(int number) {
		this.number = number;
	}

	/**
	 * Returns the number used on the wire.
	 * @return the number
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Returns the code of a number.
	 * @param number the number on the wire
	 * @return the code, {@link #UNKNOWN} for a number from a newer peer
	 */
	public static ErrorCode of(int number) {
		ErrorCode[] codes = values();
		return (number >= 0 && number < codes.length) ? codes[number] : UNKNOWN;
	}

}
