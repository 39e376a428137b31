package io.adaptive.benchmark.contestant;

/**
 * Makes calls, one after the other. For one thread.
 */
@FunctionalInterface
public interface Caller extends AutoCloseable {

	/**
	 * Makes a call and waits for the reply.
	 * @param body what is sent
	 * @param replySize how many bytes to ask for
	 * @return the reply
	 */
	byte[] call(byte[] body, int replySize);

	@Override
	default void close() {
	}

}
