package io.adaptive.internal.beacon;

/**
 * Signals that a datagram is dropped. It has no stack trace, since untrusted senders
 * decide how often it is thrown.
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
