package io.adaptive.spi;

import java.util.concurrent.atomic.LongAdder;

import io.adaptive.status.TrafficStatistics;

/**
 * Counts what goes through the links of one node in one scope. For any number of threads.
 */
public final class ScopeTraffic {

	private final LongAdder framesIn = new LongAdder();

	private final LongAdder framesOut = new LongAdder();

	private final LongAdder bytesIn = new LongAdder();

	private final LongAdder bytesOut = new LongAdder();

	/** What this node handed to itself, which came in where it went out. */
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
	 * Counts what came over a socket.
	 * @param frames the frames
	 * @param bytes their bytes
	 */
	public void received(int frames, int bytes) {
		this.framesIn.add(frames);
		this.bytesIn.add(bytes);
	}

	/**
	 * Counts what went over a socket.
	 * @param frames the frames
	 * @param bytes their bytes
	 */
	public void sent(int frames, long bytes) {
		this.framesOut.add(frames);
		this.bytesOut.add(bytes);
	}

	/**
	 * Counts an envelope that was handed over within the process.
	 * @param to the traffic of the node that got it
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
	 * Counts a link that was opened.
	 * @param client whether this end opened it
	 */
	public void linkOpened(boolean client) {
		(client ? this.clients : this.servers).increment();
	}

	/**
	 * Counts a link that has ended.
	 * @param client whether this end opened it
	 */
	public void linkClosed(boolean client) {
		(client ? this.clients : this.servers).decrement();
	}

	/**
	 * Counts a stream that was opened.
	 */
	public void streamOpened() {
		this.streams.increment();
	}

	/**
	 * Counts a stream that has ended.
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
	 * Counts a message that has left at last, or never will.
	 * @param nanos how long it waited
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
	 * @param count how many
	 */
	public void answersReported(long count) {
		this.answersReported.add(count);
	}

	/**
	 * Reads the numbers.
	 * @return the numbers of about this moment
	 */
	public TrafficStatistics statistics() {
		long toItself = this.framesToItself.sum();
		return new TrafficStatistics(this.framesIn.sum() + toItself, this.framesOut.sum() + toItself,
				this.bytesIn.sum(), this.bytesOut.sum(), this.clients.intValue(), this.servers.intValue(),
				this.streams.intValue(), this.stalls.sum(), this.stallNanos.sum(), this.stalled.intValue(),
				this.answersDropped.sum(), this.answersReported.sum());
	}

}
