package io.adaptive.internal.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.internal.wire.Outbound;
import io.adaptive.spi.ScopeTraffic;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;

/**
 * Orders the frames to send. Any thread adds; the event loop takes all messages added
 * since the last time and flushes them together. Control frames go first; then the
 * streams take turns, a frame each, so that a large message on one does not delay a small
 * one on another. It writes only while the channel's own buffer has room.
 */
final class OutboundQueue {

	/**
	 * Maximum number of messages taken in one task, after which the event loop serves its
	 * other connections and reads.
	 */
	private static final int MAX_BATCH = 256;

	private final Channel channel;

	private final WriteBatch batch;

	private final Runnable drain = this::drain;

	private final Queue<Outbound> added = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean scheduled = new AtomicBoolean();

	private final ArrayDeque<Outbound> control = new ArrayDeque<>(1);

	private final IntObjectMap<ArrayDeque<Outbound>> byStream = new IntObjectHashMap<>(1);

	private final ArrayDeque<ArrayDeque<Outbound>> turns = new ArrayDeque<>(1);

	private boolean waited;

	private boolean closing;

	private boolean ended;

	private volatile boolean closed;

	/** Whether frames are held back. Event loop only. */
	private boolean held;

	OutboundQueue(Channel channel, ScopeTraffic traffic) {
		this.channel = channel;
		this.batch = new WriteBatch(channel, traffic);
	}

	/**
	 * Holds frames back. Event loop only.
	 */
	void hold() {
		this.held = true;
	}

	/**
	 * Releases the held frames, in a task of the event loop. Event loop only.
	 */
	void release() {
		this.held = false;
		if (!this.added.isEmpty()) {
			schedule();
		}
	}

	/**
	 * Adds a message from any thread.
	 */
	void add(Outbound outbound) {
		this.added.add(outbound);
		if (this.closed) {
			releaseAdded();
		}
		else {
			schedule();
		}
	}

	private void schedule() {
		if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			try {
				this.channel.eventLoop().execute(this.drain);
			}
			catch (RejectedExecutionException ex) {
				this.closed = true;
				releaseAdded();
			}
		}
	}

	/**
	 * Writes as many frames as the channel has room for. Event loop only.
	 */
	void drain() {
		this.scheduled.set(false);
		if (this.closed) {
			releaseAdded();
			return;
		}
		if (this.held) {
			return;
		}
		int taken = 0;
		for (Outbound next = this.added.poll(); next != null; next = (++taken < MAX_BATCH) ? this.added.poll() : null) {
			admit(next);
		}
		while (hasWaiting() && this.batch.hasRoom()) {
			writeNext();
		}
		if (mayWait(taken)) {
			schedule();
			return;
		}
		this.batch.flush();
		if (taken == MAX_BATCH) {
			schedule();
		}
		if (this.closing && !this.ended && !hasWaiting() && this.added.isEmpty()) {
			this.ended = true;
			this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((flushed) -> shutdownOutput());
		}
	}

	/**
	 * Returns whether flushing is delayed by one turn of the event loop. When several
	 * senders are active, more frames are likely to follow, which then leave in the same
	 * system call.
	 */
	private boolean mayWait(int taken) {
		this.waited = taken > 1 && taken < MAX_BATCH && !this.waited && this.batch.hasRoom();
		return this.waited;
	}

	/**
	 * Ends the output only. Closing both directions while the peer still sends would make
	 * its next write fail, and its end close before it has read the last frames.
	 */
	private void shutdownOutput() {
		if (this.channel instanceof DuplexChannel duplex) {
			duplex.shutdownOutput();
		}
		else {
			this.channel.close();
		}
	}

	private void admit(Outbound outbound) {
		if (!hasWaiting() && outbound.isLastFrame() && this.batch.hasRoom()) {
			this.batch.add(outbound);
			return;
		}
		if (outbound.isControl()) {
			this.control.add(outbound);
			return;
		}
		ArrayDeque<Outbound> stream = this.byStream.get(outbound.streamId());
		if (stream == null) {
			stream = new ArrayDeque<>(1);
			this.byStream.put(outbound.streamId(), stream);
			this.turns.add(stream);
		}
		else if (outbound.isReset()) {
			stream.forEach(Outbound::release);
			stream.clear();
		}
		stream.add(outbound);
	}

	private boolean hasWaiting() {
		return !this.control.isEmpty() || !this.turns.isEmpty();
	}

	private void writeNext() {
		Outbound first = this.control.poll();
		if (first != null) {
			this.batch.add(first);
			return;
		}
		ArrayDeque<Outbound> stream = this.turns.remove();
		Outbound message = stream.element();
		if (message.isLastFrame()) {
			stream.remove();
		}
		int streamId = message.streamId();
		this.batch.add(message);
		if (stream.isEmpty()) {
			this.byStream.remove(streamId);
		}
		else {
			this.turns.add(stream);
		}
	}

	/**
	 * Ends the output after all frames are written; the peer then closes. Event loop
	 * only.
	 */
	void closeWhenWritten() {
		this.closing = true;
		drain();
	}

	/**
	 * Drops all frames not yet written. Event loop only.
	 */
	void close() {
		this.closed = true;
		this.control.forEach(Outbound::release);
		this.control.clear();
		this.turns.forEach((stream) -> stream.forEach(Outbound::release));
		this.turns.clear();
		this.byStream.clear();
		this.batch.discard();
		releaseAdded();
	}

	private void releaseAdded() {
		for (Outbound next = this.added.poll(); next != null; next = this.added.poll()) {
			next.release();
		}
	}

}
