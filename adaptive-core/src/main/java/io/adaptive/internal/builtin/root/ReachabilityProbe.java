package io.adaptive.internal.builtin.root;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Probe of whether a node is reached at an address. May block for seconds.
 */
@FunctionalInterface
interface ReachabilityProbe {

	/**
	 * Probes an address.
	 * @param address the address
	 * @param expected the node
	 * @param token the token that the node must have, {@code null} if its instance is
	 * enough
	 * @return the outcome
	 */
	Outcome prove(Endpoint.Tcp address, Instance expected, @Nullable ReachabilityToken token);

	/**
	 * Outcome of a probe.
	 *
	 * @param answer the answer
	 * @param detail a description, empty if the node is reached
	 */
	record Outcome(Answer answer, String detail) {

		static final Outcome REACHED = new Outcome(Answer.REACHED, "");

	}

	/**
	 * Answer at an address.
	 */
	enum Answer {

		/** The node answers. */
		REACHED,

		/**
		 * Another node answers, or the host refuses the connection: the node is certainly
		 * not there.
		 */
		SOMEBODY_ELSE_OR_NOBODY,

		/** No answer: the node may be there or not. */
		SILENCE

	}

}
