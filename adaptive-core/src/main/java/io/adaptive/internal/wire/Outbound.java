package io.adaptive.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * An encoded envelope on its way out: one frame, or several fragments. Made by the
 * sending thread, then owned by the event loop, which takes frame after frame or releases
 * it.
 * <p>
 * Small contents are bytes on the heap and are copied to where many frames leave
 * together; a large one has a buffer of its own, which leaves without another copy.
 */
public final class Outbound {

	private final FrameHeader header;

	/** Fields and payload, unless they are in the buffer. */
	private final byte[] content;

	private final @Nullable ByteBuf buffer;

	private final boolean control;

	private boolean first = true;

	Outbound(FrameHeader header, byte[] content, boolean control) {
		this.header = header;
		this.content = content;
		this.buffer = null;
		this.control = control;
	}

	Outbound(FrameHeader header, ByteBuf buffer) {
		this.header = header;
		this.content = EnvelopeEncoder.NOTHING;
		this.buffer = buffer;
		this.control = false;
	}

	/**
	 * Returns the stream whose order this must keep.
	 * @return the stream, or 0
	 */
	public int streamId() {
		return this.header.streamId();
	}

	/**
	 * Returns how large the payload is.
	 * @return the size in bytes; meaningful until the first frame is taken
	 */
	public int payloadSize() {
		return remaining() - this.header.fieldsLength();
	}

	/**
	 * Tells whether this goes ahead of all messages.
	 * @return whether it is a control frame
	 */
	public boolean isControl() {
		return this.control;
	}

	/**
	 * Tells whether what is to come drops what waits in the same stream.
	 * @return whether it is a RESET
	 */
	public boolean isReset() {
		return this.header.kind() == FrameKind.RESET;
	}

	/**
	 * Tells whether the next frame is the only or last one.
	 * @return whether nothing remains after it
	 */
	public boolean isLastFrame() {
		return remaining() <= limit();
	}

	private int remaining() {
		return (this.buffer != null) ? this.buffer.readableBytes() : this.content.length;
	}

	private int limit() {
		return Protocol.MAX_FRAGMENT + (this.first ? this.header.fieldsLength() : 0);
	}

	/**
	 * Takes the next frame.
	 * @param out where its beginning is appended to
	 * @return what follows that beginning, to be written or released by the caller;
	 * {@code null} if the whole frame was appended
	 */
	public @Nullable ByteBuf nextFrame(ByteBuf out) {
		if (this.buffer == null) {
			this.header.write(out, this.content.length);
			out.writeBytes(this.content);
			return null;
		}
		boolean last = isLastFrame();
		int length = Math.min(remaining(), limit());
		nextHeader(last).write(out, length);
		this.first = false;
		return last ? this.buffer : this.buffer.readRetainedSlice(length);
	}

	private FrameHeader nextHeader(boolean last) {
		if (this.first) {
			return last ? this.header : this.header.withFlags(this.header.flags() | FrameHeader.MORE);
		}
		return new FrameHeader(FrameKind.FRAGMENT, streamId(), 0, 0).withFlags(last ? 0 : FrameHeader.MORE);
	}

	/**
	 * Gives up what was not taken.
	 */
	public void release() {
		if (this.buffer != null) {
			ReferenceCountUtil.safeRelease(this.buffer);
		}
	}

}
