package io.adaptive.message;

/**
 * The canonical error codes of gRPC, with its names and numbers.
 *
 * @see <a href="https://grpc.io/docs/guides/status-codes/">gRPC status codes</a>
 */
public enum ErrorCode {

	/** No error; the cause of an ordinary end. */
	OK(0),

	/** Cancelled, as a rule by the caller. */
	CANCELLED(1),

	/** A failure without a code of its own, such as an exception of a handler. */
	UNKNOWN(2),

	/** The caller sent something that is wrong whatever the state. */
	INVALID_ARGUMENT(3),

	/** Not finished in time. */
	DEADLINE_EXCEEDED(4),

	/** What was asked for does not exist. */
	NOT_FOUND(5),

	/** What was to be made exists. */
	ALREADY_EXISTS(6),

	/** The caller is known and may not. */
	PERMISSION_DENIED(7),

	/** A limit is reached: memory, quota, size. */
	RESOURCE_EXHAUSTED(8),

	/** The state does not allow it. */
	FAILED_PRECONDITION(9),

	/** Given up because of a conflict. */
	ABORTED(10),

	/** Past the end. */
	OUT_OF_RANGE(11),

	/** The service does not know the message. */
	UNIMPLEMENTED(12),

	/** The framework or the peer broke its own rules. */
	INTERNAL(13),

	/** The peer is gone or going; another instance may help. */
	UNAVAILABLE(14),

	/** Data is lost or damaged. */
	DATA_LOSS(15),

	/** The caller is not known. */
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
