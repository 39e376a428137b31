package io.adaptive.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;

/**
 * An encoded envelope on its way out: one frame, or several fragments. Made by the
 * sending thread, then owned by the event loop, which takes frame after frame or releases
 * it.
 */
public final class Outbound {

	private final FrameHeader header;

	/** Header space, fields and payload. */
	private final ByteBuf buffer;

	private final boolean control;

	private boolean first = true;

	Outbound(FrameHeader header, ByteBuf buffer, boolean control) {
		this.header = header;
		this.buffer = buffer;
		this.control = control;
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
		return this.buffer.readableBytes() - FrameHeader.BYTES - this.header.fieldsLength();
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
		return this.buffer.readableBytes() - bodyStart() <= limit();
	}

	/**
	 * Takes the next frame.
	 * @return the frame, to be written or released by the caller
	 */
	public ByteBuf nextFrame() {
		if (this.first && isLastFrame()) {
			int end = this.buffer.writerIndex();
			this.buffer.writerIndex(this.buffer.readerIndex());
			this.header.write(this.buffer, end - this.buffer.readerIndex() - FrameHeader.BYTES);
			this.buffer.writerIndex(end);
			return this.buffer;
		}
		return nextFragment();
	}

	private ByteBuf nextFragment() {
		boolean last = isLastFrame();
		if (this.first) {
			this.buffer.skipBytes(FrameHeader.BYTES);
		}
		int length = last ? this.buffer.readableBytes() : limit();
		FrameHeader fragment = this.first ? this.header.withFlags(FrameHeader.MORE)
				: new FrameHeader(FrameKind.FRAGMENT, streamId(), 0, 0).withFlags(last ? 0 : FrameHeader.MORE);
		this.first = false;
		ByteBuf head = this.buffer.alloc().buffer(FrameHeader.BYTES);
		fragment.write(head, length);
		return Unpooled.wrappedBuffer(head, last ? this.buffer : this.buffer.readRetainedSlice(length));
	}

	private int bodyStart() {
		return this.first ? FrameHeader.BYTES : 0;
	}

	private int limit() {
		return Protocol.MAX_FRAGMENT + (this.first ? this.header.fieldsLength() : 0);
	}

	/**
	 * Gives up what was not taken.
	 */
	public void release() {
		ReferenceCountUtil.safeRelease(this.buffer);
	}

}
