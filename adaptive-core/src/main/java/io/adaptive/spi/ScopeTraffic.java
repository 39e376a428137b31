package io.adaptive.spi;

import java.util.concurrent.atomic.LongAdder;

import io.adaptive.status.TrafficStatistics;

/**
 * The traffic counters of the links of one node in one scope. Thread-safe.
 */
public final class ScopeTraffic {

	private final LongAdder framesIn = new LongAdder();

	private final LongAdder framesOut = new LongAdder();

	private final LongAdder bytesIn = new LongAdder();

	private final LongAdder bytesOut = new LongAdder();

	/** Envelopes that this node sent to itself, which count as sent and received. */
	private final LongAdder framesToItself = new LongAdder();

	private final LongAdder clients = new LongAdder();

	private final LongAdder servers = new LongAdder();

	private final LongAdder streams = new LongAdder();

	private final LongAdder stalls = new LongAdder();

	private final LongAdder stallNanos = new LongAdder();

	private final LongAdder stalled = new LongAdder();

	private final LongAdder answersDropped = new LongAdder();

	private final LongAdder answersReported = new LongAdder();

	/**
	 * Counts frames received over a socket.
	 * @param frames the number of frames
	 * @param bytes the number of bytes
	 */
	public void received(int frames, int bytes) {
		this.framesIn.add(frames);
		this.bytesIn.add(bytes);
	}

	/**
	 * Counts frames sent over a socket.
	 * @param frames the number of frames
	 * @param bytes the number of bytes
	 */
	public void sent(int frames, long bytes) {
		this.framesOut.add(frames);
		this.bytesOut.add(bytes);
	}

	/**
	 * Counts an envelope passed within the process.
	 * @param to the counters of the receiving node
	 */
	public void handedOver(ScopeTraffic to) {
		if (this == to) {
			this.framesToItself.increment();
		}
		else {
			this.framesOut.increment();
			to.framesIn.increment();
		}
	}

	/**
	 * Counts an opened link.
	 * @param client whether this end opened it
	 */
	public void linkOpened(boolean client) {
		(client ? this.clients : this.servers).increment();
	}

	/**
	 * Counts a closed link.
	 * @param client whether this end opened it
	 */
	public void linkClosed(boolean client) {
		(client ? this.clients : this.servers).decrement();
	}

	/**
	 * Counts an opened stream.
	 */
	public void streamOpened() {
		this.streams.increment();
	}

	/**
	 * Counts an ended stream.
	 */
	public void streamEnded() {
		this.streams.decrement();
	}

	/**
	 * Counts a message that has to wait for credit.
	 */
	public void stalled() {
		this.stalls.increment();
		this.stalled.increment();
	}

	/**
	 * Counts a message that no longer waits for credit, because it was sent or given up.
	 * @param nanos the time that it waited, in nanoseconds
	 */
	public void resumed(long nanos) {
		this.stalled.decrement();
		this.stallNanos.add(nanos);
	}

	/**
	 * Counts a one-way answer that was dropped at this end.
	 */
	public void answerDropped() {
		this.answersDropped.increment();
	}

	/**
	 * Counts one-way answers that were dropped at the other end.
	 * @param count the number of answers
	 */
	public void answersReported(long count) {
		this.answersReported.add(count);
	}

	/**
	 * Returns the statistics.
	 * @return the counters, approximately current
	 */
	public TrafficStatistics statistics() {
		long toItself = this.framesToItself.sum();
		return new TrafficStatistics(this.framesIn.sum() + toItself, this.framesOut.sum() + toItself,
				this.bytesIn.sum(), this.bytesOut.sum(), this.clients.intValue(), this.servers.intValue(),
				this.streams.intValue(), this.stalls.sum(), this.stallNanos.sum(), this.stalled.intValue(),
				this.answersDropped.sum(), this.answersReported.sum());
	}

}
