package io.adaptive.stress.soak;

/**
 * The totals of the books. Each message is in exactly one of the terms, by what both ends
 * know of it. An answer to a call belongs to its call and is no message of its own.
 *
 * @param sent messages that a sender handed to {@code send} or {@code sendRecv},
 * successfully or not
 * @param handled messages that reached a handler or were taken out of an inbox by
 * {@code recv}, whatever their sender was told
 * @param refused messages not handled whose sender was told so: NOT_SENT or NOT_PROCESSED
 * @param cancelled calls not handled that their caller cancelled
 * @param timedOut calls not handled whose caller stopped waiting at its timeout
 * @param lost messages not handled whose stream or connection was closed first, by either
 * side
 * @param bytes what was sent, in bytes of cargo
 */
record Balance(long sent, long handled, long refused, long cancelled, long timedOut, long lost, long bytes) {

	static final Balance ZERO = new Balance(0, 0, 0, 0, 0, 0, 0);

	Balance plus(Balance other) {
		return new Balance(this.sent + other.sent, this.handled + other.handled, this.refused + other.refused,
				this.cancelled + other.cancelled, this.timedOut + other.timedOut, this.lost + other.lost,
				this.bytes + other.bytes);
	}

	boolean isEven() {
		return this.sent == this.handled + this.refused + this.cancelled + this.timedOut + this.lost;
	}

	@Override
	public String toString() {
		return "sent %,d = handled %,d + refused %,d + cancelled %,d + timed out %,d + lost %,d; %.1f GB".formatted(
				this.sent, this.handled, this.refused, this.cancelled, this.timedOut, this.lost, this.bytes / 1e9);
	}

}
