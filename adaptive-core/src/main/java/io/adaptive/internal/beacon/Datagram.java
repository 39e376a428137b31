package io.adaptive.internal.beacon;

import java.util.List;

import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;

/**
 * A datagram that was read.
 *
 * @param nonce the random number of its sender's start
 * @param counter grows with each datagram of the sender
 * @param content what it says
 */
record Datagram(long nonce, long counter, Content content) {

	/** The longest datagram, in bytes: one packet on any usual network. */
	static final int MAX_BYTES = 1_400;

	/** The most addresses that a node tells of itself. */
	static final int MAX_ADDRESSES = 8;

	/**
	 * What a datagram says.
	 */
	sealed interface Content {

		/**
		 * Returns who says it.
		 * @return the sender
		 */
		Instance speaker();

	}

	/**
	 * Asks who offers what.
	 *
	 * @param speaker who asks
	 * @param patterns what is asked for
	 * @param token comes back in the answer, which thereby proves that it is new
	 * @param direct whether it was sent to the shared port of one host, so that one
	 * program has to answer for all of them
	 */
	record Query(Instance speaker, List<ServicePattern> patterns, long token, boolean direct) implements Content {

	}

	/**
	 * Tells what a node offers, or no longer does.
	 *
	 * @param kind ANSWER, ANNOUNCE or BYE
	 * @param speaker who tells
	 * @param node about whom; another one than the speaker for hearsay
	 * @param services some of its services
	 * @param revision which state of the node's services this is true of
	 * @param total how many services the node offers altogether
	 * @param token the token of the query that this answers, else 0
	 * @param direct whether it was sent to the shared port of one host, so that one
	 * program has to pass it on
	 */
	record Report(Kind kind, Instance speaker, Node node, List<ServiceName> services, long revision, long total,
			long token, boolean direct) implements Content {

		boolean isHearsay() {
			return !this.speaker.equals(this.node.instance());
		}

	}

	/**
	 * A node as it describes itself.
	 *
	 * @param instance who it is
	 * @param port its TCP port
	 * @param addresses where else it may be reached, at most {@link #MAX_ADDRESSES}
	 * @param timeToLiveMillis how long what it tells is true unless it tells more
	 */
	record Node(Instance instance, int port, List<String> addresses, long timeToLiveMillis) {

		static final long DEFAULT_TIME_TO_LIVE_MILLIS = 16_000;

		private static final long MIN_TIME_TO_LIVE_MILLIS = 100;

		private static final long MAX_TIME_TO_LIVE_MILLIS = 3_600_000;

		/**
		 * Keeps the time within what makes sense.
		 */
		Node {
			timeToLiveMillis = Math.max(MIN_TIME_TO_LIVE_MILLIS, Math.min(MAX_TIME_TO_LIVE_MILLIS, timeToLiveMillis));
		}

	}

}
