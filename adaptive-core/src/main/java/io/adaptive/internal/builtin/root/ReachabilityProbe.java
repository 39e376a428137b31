package io.adaptive.internal.builtin.root;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a node is reached at an address. May block for seconds.
 */
@FunctionalInterface
interface ReachabilityProbe {

	/**
	 * Tries to reach a node.
	 * @param address where
	 * @param expected which node
	 * @param token what it must know, {@code null} if it need only say who it is
	 */
	Outcome prove(Endpoint.Tcp address, Instance expected, @Nullable ReachabilityToken token);

	/**
	 * What was found out.
	 *
	 * @param answer who is there
	 * @param detail in words, if it is not the node
	 */
	record Outcome(Answer answer, String detail) {

		static final Outcome REACHED = new Outcome(Answer.REACHED, "");

	}

	/**
	 * Who is at an address.
	 */
	enum Answer {

		/** The node. */
		REACHED,

		/** Certainly not the node. */
		SOMEBODY_ELSE_OR_NOBODY,

		/** Nobody knows, for nothing answers. */
		SILENCE

	}

}
