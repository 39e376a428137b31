package io.adaptive.internal.wire;

/**
 * The numbers of {@code docs/protocol.md} that more than one class needs. All are in
 * bytes unless named otherwise; all integers on the wire are unsigned and big-endian.
 */
public final class Protocol {

	/** The first four bytes of a connection, "ADPT". */
	public static final int MAGIC = 0x41445054;

	/** The version spoken here, lowest and highest at once. */
	public static final int VERSION = 1;

	/**
	 * The longest payload of one frame; a longer message travels as fragments. A message
	 * of 32 KB and what a codec adds to it fit in one.
	 */
	public static final int MAX_FRAGMENT = 33 * 1024;

	/** The most bytes of fields in one frame. */
	public static final int MAX_FIELDS = 4 * 1024;

	/** The most bytes of fields in one handshake. */
	public static final int MAX_HANDSHAKE_FIELDS = 16 * 1024;

	/** What follows a frame's length field before fields and payload. */
	static final int HEADER_AFTER_LENGTH = 20;

	/** The largest value of a frame's length field. */
	static final int MAX_FRAME_LENGTH = HEADER_AFTER_LENGTH + MAX_FIELDS + MAX_FRAGMENT;

	/** The most message types announced in one direction of a connection. */
	static final int MAX_TYPES = 16 * 1024;

	/** The most characters of schemas that are kept of one direction of a connection. */
	static final int MAX_SCHEMAS = 1024 * 1024;

	/** The most messages of which only a beginning has arrived. */
	static final int MAX_PARTIALS = 16 * 1024;

	/** The most streams that a peer may have open on one connection. */
	public static final int MAX_STREAMS = 128 * 1024;

	/** The stream that exists from the start of a connection. */
	public static final int DEFAULT_STREAM = 1;

	private Protocol() {
	}

}
