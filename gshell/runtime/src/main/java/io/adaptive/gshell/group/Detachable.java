package io.adaptive.gshell.group;

/**
 * Server of one stream, told of the end of the stream.
 */
@FunctionalInterface
interface Detachable {

	/**
	 * Ends serving the stream. Never blocks; for any thread.
	 */
	void detach();

}
