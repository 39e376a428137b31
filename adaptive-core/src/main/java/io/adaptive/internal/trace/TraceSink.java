package io.adaptive.internal.trace;

import io.adaptive.trace.TraceRecord;

/**
 * Takes what is recorded.
 */
@FunctionalInterface
public interface TraceSink {

	/**
	 * Takes a record. Called on the threads that send and handle messages: must neither
	 * wait nor fail.
	 * @param record the record
	 */
	void accept(TraceRecord record);

}
