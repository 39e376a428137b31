package io.adaptive.internal.beacon;

/**
 * Why something that arrived is not acted upon.
 */
enum DropReason {

	/** It is longer than a datagram may be. */
	OVERSIZED,

	/** It is not of this protocol, or breaks its rules. */
	MALFORMED,

	/** It is of a version or kind, or has a critical field, that is not known here. */
	UNKNOWN,

	/** It has no signature, and this node has a secret. */
	UNSIGNED,

	/** It is signed with a secret that this node does not have. */
	FOREIGN_SECRET,

	/** Its signature is wrong. */
	WRONG_SIGNATURE,

	/** It was here before, or is too old to tell. */
	REPLAYED,

	/** Its sender has not shown yet that it is alive, and is asked to. */
	UNPROVEN,

	/** Its sender sends or asks more than it may. */
	FLOODING,

	/** It came by an interface that is not to be used. */
	EXCLUDED_CARD,

	/** There is no room for what it tells. */
	CACHE_FULL,

	/** There is no room to send what is to be sent. */
	OUTBOX_FULL

}
