package io.adaptive.internal.transport;

import io.adaptive.internal.wire.Outbound;
import io.adaptive.spi.ScopeTraffic;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Frames that are written together. Small ones are gathered in one buffer, so that a
 * hundred of them cost the channel one write. Event loop only.
 */
final class WriteBatch {

	private static final int MIN_CAPACITY = 256;

	private static final int MAX_CAPACITY = 64 * 1024;

	private final Channel channel;

	private @Nullable ByteBuf gathered;

	/** The size of the last buffer, since most batches resemble the one before. */
	private int capacity = MIN_CAPACITY;

	private boolean written;

	private final ScopeTraffic traffic;

	private int frames;

	private long bytes;

	WriteBatch(Channel channel, ScopeTraffic traffic) {
		this.channel = channel;
		this.traffic = traffic;
	}

	/**
	 * Returns whether the channel's own buffer has room beyond the gathered frames.
	 */
	boolean hasRoom() {
		return this.channel.isWritable();
	}

	/**
	 * Adds the next frame of a message.
	 */
	void add(Outbound message) {
		ByteBuf out = this.gathered;
		if (out == null) {
			out = this.channel.alloc().ioBuffer(this.capacity);
			this.gathered = out;
		}
		this.frames++;
		ByteBuf rest = message.nextFrame(out);
		if (rest != null || out.readableBytes() >= MAX_CAPACITY) {
			writeGathered();
		}
		if (rest != null) {
			write(rest);
		}
	}

	/**
	 * Writes all frames to the socket.
	 */
	void flush() {
		writeGathered();
		if (this.written) {
			this.written = false;
			this.traffic.sent(this.frames, this.bytes);
			this.frames = 0;
			this.bytes = 0;
			this.channel.flush();
		}
	}

	/**
	 * Drops the gathered frames.
	 */
	void discard() {
		if (this.gathered != null) {
			this.gathered.release();
			this.gathered = null;
		}
	}

	private void writeGathered() {
		ByteBuf out = this.gathered;
		if (out != null) {
			this.gathered = null;
			this.capacity = Math.max(MIN_CAPACITY, out.readableBytes());
			write(out);
		}
	}

	/**
	 * Writes without a promise: a failed write closes the channel.
	 */
	private void write(ByteBuf buffer) {
		this.bytes += buffer.readableBytes();
		this.channel.write(buffer, this.channel.voidPromise());
		this.written = true;
	}

}
