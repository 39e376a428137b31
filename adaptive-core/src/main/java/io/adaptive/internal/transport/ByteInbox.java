package io.adaptive.internal.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

import io.adaptive.message.EndOfStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes between their arrival at one end of a raw connection and its reader. Bounded by
 * who adds: the next bytes are wanted only when a reader waits and there are none. Safe
 * for use by many threads.
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
	 * Makes an empty inbox.
	 * @param callbacks runs what hangs on reads
	 * @param wanted called when bytes are wanted
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
	 * Adds bytes, unless the reader will not have any more.
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
	 * Nothing comes after what is here.
	 */
	void end() {
		end(new EndOfStreamException("The peer has ended its direction of the connection"), false);
	}

	/**
	 * The connection is gone.
	 * @param drop whether what is here is lost, too
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
