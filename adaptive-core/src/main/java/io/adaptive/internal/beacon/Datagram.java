package io.adaptive.internal.beacon;

import java.util.List;

import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;

/**
 * Datagram as read.
 *
 * @param nonce the random number of the start of its sender
 * @param counter the counter of the sender, which grows with each datagram
 * @param content the content
 */
record Datagram(long nonce, long counter, Content content) {

	/** Maximum length of a datagram, in bytes: one packet on any usual network. */
	static final int MAX_BYTES = 1_400;

	/** Maximum number of addresses in the description of a node. */
	static final int MAX_ADDRESSES = 8;

	/**
	 * Content of a datagram.
	 */
	sealed interface Content {

		/**
		 * Returns the sender.
		 * @return the sender
		 */
		Instance speaker();

	}

	/**
	 * Query for the nodes that offer certain services.
	 *
	 * @param speaker the sender
	 * @param patterns the patterns of the services
	 * @param token a token that the answer repeats, which proves that the answer is new
	 * @param direct whether it was sent to the shared port of one host, where one program
	 * has to answer for all programs of the host
	 */
	record Query(Instance speaker, List<ServicePattern> patterns, long token, boolean direct) implements Content {

	}

	/**
	 * Report of services that a node offers, or no longer offers.
	 *
	 * @param kind ANSWER, ANNOUNCE or BYE
	 * @param speaker the sender
	 * @param node the node that the report is about; another one than the sender in a
	 * relayed report
	 * @param services some of its services
	 * @param revision the revision of the node's services to which the report belongs
	 * @param total the number of all services of the node
	 * @param token the token of the query that this answers, else 0
	 * @param direct whether it was sent to the shared port of one host, where one program
	 * has to relay it to the others
	 */
	record Report(Kind kind, Instance speaker, Node node, List<ServiceName> services, long revision, long total,
			long token, boolean direct) implements Content {

		boolean isHearsay() {
			return !this.speaker.equals(this.node.instance());
		}

	}

	/**
	 * Description that a node gives of itself.
	 *
	 * @param instance the node
	 * @param port its TCP port
	 * @param addresses further addresses under which it may be reached, at most
	 * {@link #MAX_ADDRESSES}
	 * @param timeToLiveMillis the time for which its reports are valid unless it sends
	 * others, in milliseconds
	 */
	record Node(Instance instance, int port, List<String> addresses, long timeToLiveMillis) {

		static final long DEFAULT_TIME_TO_LIVE_MILLIS = 16_000;

		private static final long MIN_TIME_TO_LIVE_MILLIS = 100;

		private static final long MAX_TIME_TO_LIVE_MILLIS = 3_600_000;

		/**
		 * Limits the time to live to between 100 ms and one hour.
		 */
		Node {
			timeToLiveMillis = Math.max(MIN_TIME_TO_LIVE_MILLIS, Math.min(MAX_TIME_TO_LIVE_MILLIS, timeToLiveMillis));
		}

	}

}
