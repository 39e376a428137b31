package io.adaptive.internal.transport;

import io.adaptive.internal.wire.Outbound;
import io.adaptive.spi.ScopeTraffic;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Frames that leave together. Small ones are gathered in one buffer, so that a hundred of
 * them cost the channel one write. Event loop only.
 */
final class WriteBatch {

	private static final int MIN_CAPACITY = 256;

	private static final int MAX_CAPACITY = 64 * 1024;

	private final Channel channel;

	private @Nullable ByteBuf gathered;

	/** As large as the last buffer became: most batches resemble the one before. */
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
	 * Tells whether the channel's own buffer has room for more than what is gathered.
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
	 * Hands everything to the socket.
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
	 * Gives up what was gathered.
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
	 * A write that fails closes the channel; nobody needs to be told.
	 */
	private void write(ByteBuf buffer) {
		this.bytes += buffer.readableBytes();
		this.channel.write(buffer, this.channel.voidPromise());
		this.written = true;
	}

}
