package io.adaptive.internal.trace;

import io.adaptive.trace.TraceRecord;

/**
 * Receiver of trace records.
 */
@FunctionalInterface
public interface TraceSink {

	/**
	 * Receives a record. Called on the threads that send and handle messages: must
	 * neither wait nor fail.
	 * @param record the record
	 */
	void accept(TraceRecord record);

}
