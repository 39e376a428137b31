package io.adaptive.internal.beacon;

/**
 * Reason for which a datagram is dropped.
 */
enum DropReason {

	/** Longer than the maximum length of a datagram. */
	OVERSIZED,

	/** Not of this protocol, or against its rules. */
	MALFORMED,

	/** An unknown version, an unknown kind or an unknown critical field. */
	UNKNOWN,

	/** No signature, while this node has a secret. */
	UNSIGNED,

	/** Signed with a secret that this node does not have. */
	FOREIGN_SECRET,

	/** Wrong signature. */
	WRONG_SIGNATURE,

	/** Received before, or too old to be compared. */
	REPLAYED,

	/** Sender that has not proven its liveness yet and is challenged. */
	UNPROVEN,

	/** Sender above its limit of datagrams or queries. */
	FLOODING,

	/** Received through an excluded interface. */
	EXCLUDED_CARD,

	/** No room in the node cache for the reported nodes or services. */
	CACHE_FULL,

	/** No room in the queue of outgoing datagrams. */
	OUTBOX_FULL

}
