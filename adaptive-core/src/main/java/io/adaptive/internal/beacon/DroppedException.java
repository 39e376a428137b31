package io.adaptive.internal.beacon;

/**
 * A datagram is to be dropped. Without a stack trace: strangers decide how many there
 * are.
 */
final class DroppedException extends Exception {

	private static final long serialVersionUID = 1L;

	private final DropReason reason;

	DroppedException(DropReason reason, String detail) {
		super(detail, null, false, false);
		this.reason = reason;
	}

	DropReason reason() {
		return this.reason;
	}

}
