package io.adaptive.benchmark.load;

import java.util.List;

/**
 * What the callers of one connection do.
 *
 * @param requestSize bytes sent with each call
 * @param replySize bytes that come back
 * @param callers how many call in parallel, each on its own stream
 * @param virtual whether they are virtual threads
 * @param rampMillis how long they call before anything is counted
 * @param windowMillis how long what they do is counted
 * @param rate calls a second of all callers, on a schedule; 0 for as fast as they can
 * @param besideSize size of the messages that go both ways beside them, 0 for none
 */
public record Load(int requestSize, int replySize, int callers, boolean virtual, long rampMillis, long windowMillis,
		long rate, int besideSize) {

	/** What goes with a call in the direction that is not measured. */
	private static final int SMALL = 4;

	/**
	 * A load in one direction, as fast as the callers can.
	 * @param payload the size of what is carried
	 * @param upload whether requests carry it, else replies
	 * @param callers how many call in parallel
	 * @param virtual whether they are virtual threads
	 * @param rampMillis how long they call before anything is counted
	 * @param windowMillis how long what they do is counted
	 * @return the load
	 */
	public static Load closed(int payload, boolean upload, int callers, boolean virtual, long rampMillis,
			long windowMillis) {
		return new Load(upload ? payload : SMALL, upload ? SMALL : payload, callers, virtual, rampMillis, windowMillis,
				0, 0);
	}

	/**
	 * Puts the calls on a schedule.
	 * @param rate calls a second
	 * @return the changed copy
	 */
	public Load atRate(long rate) {
		return new Load(this.requestSize, this.replySize, this.callers, this.virtual, this.rampMillis,
				this.windowMillis, rate, this.besideSize);
	}

	/**
	 * Adds a caller with large messages.
	 * @param besideSize their size
	 * @return the changed copy
	 */
	public Load beside(int besideSize) {
		return new Load(this.requestSize, this.replySize, this.callers, this.virtual, this.rampMillis,
				this.windowMillis, this.rate, besideSize);
	}

	/**
	 * Reads what {@link #toString} wrote.
	 * @param words the words
	 * @return the load
	 */
	public static Load of(List<String> words) {
		KeyValues values = KeyValues.of(words);
		return new Load((int) values.number("request"), (int) values.number("reply"), (int) values.number("callers"),
				values.number("virtual") != 0, values.number("ramp"), values.number("window"), values.number("rate"),
				(int) values.number("beside"));
	}

	@Override
	public String toString() {
		return "request=%d reply=%d callers=%d virtual=%d ramp=%d window=%d rate=%d beside=%d".formatted(
				this.requestSize, this.replySize, this.callers, this.virtual ? 1 : 0, this.rampMillis,
				this.windowMillis, this.rate, this.besideSize);
	}

}
