package io.adaptive.message;

import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The trace tag of a traced message.
 * 
 * @param token the token of the conversation
 * @param hop a random number, chosen each time a client sends a message
 */
public record TraceTag(TraceToken token, long hop) {

	/**
	 * Checks the parts, which may come from a peer.
	 * @throws IllegalArgumentException if the hop is 0
	 */
	public TraceTag {
		Objects.requireNonNull(token, "token");
		if (hop == 0) {
			throw new IllegalArgumentException("A hop is any number but 0");
		}
	}

	/**
	 * Returns the tag of the next message that the same conversation causes.
	 * @return a tag with a new hop, never 0
	 */
	public TraceTag next() {
		return first(this.token);
	}

	/**
	 * Returns the tag of a conversation's first message.
	 * @param token the conversation
	 * @return a tag with a new hop, never 0
	 */
	public static TraceTag first(TraceToken token) {
		long hop;
		do {
			hop = ThreadLocalRandom.current().nextLong();
		}
		while (hop == 0);
		return new TraceTag(token, hop);
	}

}
