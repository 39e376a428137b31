package io.adaptive.internal.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

import io.adaptive.message.EndOfStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Buffer of the bytes that have arrived at one end of a raw connection and are not read
 * yet. Bounded by the adding side: more bytes are requested only when a reader waits and
 * the buffer is empty. Thread-safe.
 */
final class ByteInbox {

	private final ReentrantLock lock = new ReentrantLock();

	private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(1);

	private final Executor callbacks;

	private final Runnable wanted;

	private final IntConsumer taken;

	private @Nullable RawResult<ByteBuffer> reader;

	private int max;

	private @Nullable RuntimeException end;

	/**
	 * Creates an empty inbox.
	 * @param callbacks runs the dependent stages of reads
	 * @param wanted called to request bytes
	 * @param taken called with the number of bytes that were read
	 */
	ByteInbox(Executor callbacks, Runnable wanted, IntConsumer taken) {
		this.callbacks = callbacks;
		this.wanted = wanted;
		this.taken = taken;
	}

	RawResult<ByteBuffer> read(int max) {
		if (max < 1) {
			throw new IllegalArgumentException("At least 1 byte is read, not " + max);
		}
		RawResult<ByteBuffer> result = new RawResult<>(this.callbacks);
		this.lock.lock();
		try {
			if (this.reader != null) {
				throw new IllegalStateException("Another read of this connection is not done");
			}
			this.reader = result;
			this.max = max;
		}
		finally {
			this.lock.unlock();
		}
		if (!satisfy()) {
			this.wanted.run();
		}
		return result;
	}

	/**
	 * Adds bytes, unless the inbox has ended.
	 * @return whether they were added
	 */
	boolean add(ByteBuffer bytes) {
		this.lock.lock();
		try {
			if (this.end != null) {
				return false;
			}
			this.chunks.add(bytes);
		}
		finally {
			this.lock.unlock();
		}
		satisfy();
		return true;
	}

	/**
	 * Ends the input after the buffered bytes.
	 */
	void end() {
		end(new EndOfStreamException("The peer has ended its direction of the connection"), false);
	}

	/**
	 * Ends the inbox because the connection is closed.
	 * @param drop whether the buffered bytes are dropped
	 */
	void end(RuntimeException reason, boolean drop) {
		this.lock.lock();
		try {
			if (drop) {
				this.chunks.clear();
			}
			if (this.end == null || drop) {
				this.end = reason;
			}
		}
		finally {
			this.lock.unlock();
		}
		satisfy();
	}

	private boolean satisfy() {
		RawResult<ByteBuffer> waiting;
		ByteBuffer bytes;
		RuntimeException reason;
		this.lock.lock();
		try {
			waiting = this.reader;
			reason = this.end;
			if (waiting == null || (this.chunks.isEmpty() && reason == null)) {
				return waiting == null;
			}
			bytes = this.chunks.isEmpty() ? null : takeFirst();
			this.reader = null;
		}
		finally {
			this.lock.unlock();
		}
		if (bytes != null) {
			int count = bytes.remaining();
			waiting.arrive(bytes);
			this.taken.accept(count);
		}
		else if (reason != null) {
			waiting.fail(reason);
		}
		return true;
	}

	private ByteBuffer takeFirst() {
		ByteBuffer first = this.chunks.element();
		if (first.remaining() <= this.max) {
			return this.chunks.remove();
		}
		ByteBuffer part = first.slice(first.position(), this.max);
		first.position(first.position() + this.max);
		return part;
	}

}
