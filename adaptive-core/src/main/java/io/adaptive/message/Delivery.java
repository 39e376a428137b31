package io.adaptive.message;

/**
 * What is known of a failed call.
 */
public enum Delivery {

	/** It never left this program; it may be sent elsewhere. */
	NOT_SENT,

	/** The peer says that no handler saw it; it may be sent elsewhere. */
	NOT_PROCESSED,

	/** A handler may have run; sending again may do the work twice. */
	UNKNOWN

}
