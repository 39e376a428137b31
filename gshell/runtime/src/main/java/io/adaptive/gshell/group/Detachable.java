package io.adaptive.gshell.group;

/**
 * What serves one stream, and hears that the stream has ended.
 */
@FunctionalInterface
interface Detachable {

	/**
	 * Ends serving the stream. Never blocks; for any thread.
	 */
	void detach();

}
