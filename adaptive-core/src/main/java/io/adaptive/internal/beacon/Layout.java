package io.adaptive.internal.beacon;

/**
 * Layout of a datagram. {@code docs/protocol.md} describes every byte.
 */
final class Layout {

	/** "ADPL". */
	static final int MAGIC = 0x4144504c;

	static final int VERSION = 1;

	/**
	 * Length of the header: magic, version, kind, length of the fields, fingerprint,
	 * nonce, counter.
	 */
	static final int HEADER = 4 + 1 + 1 + 2 + 8 + 8 + 8;

	/** Maximum length of the fields, whether the datagram is signed or not. */
	static final int MAX_FIELDS = Datagram.MAX_BYTES - HEADER - DatagramSigner.BYTES;

	/** Maximum length of the addresses of a node, which leaves room for services. */
	static final int MAX_ADDRESS_BYTES = 512;

	static final int PROVIDER = 1;

	static final int INCARNATION = 2;

	static final int PORT = 3;

	static final int ADDRESS = 4;

	/** A service, or in a query a pattern. */
	static final int SERVICE = 5;

	static final int TOTAL = 6;

	static final int TOKEN = 7;

	static final int DIRECT = 8;

	static final int NODE_PROVIDER = 9;

	static final int NODE_INCARNATION = 10;

	static final int TIME_TO_LIVE = 11;

	static final int REVISION = 12;

	static final int LAST_TAG = REVISION;

	private Layout() {
	}

}
