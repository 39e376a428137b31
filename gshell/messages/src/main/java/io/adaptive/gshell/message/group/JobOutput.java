package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;

/**
 * Output of an attached job.
 *
 * @param kind standard output or error
 * @param bytes at most 32 KB
 */
@Message("gshell.group.JobOutput")
@SuppressWarnings("ArrayRecordComponent") // not compared
public record JobOutput(Kind kind, byte[] bytes) implements AttachMessage {

	/**
	 * The streams.
	 */
	public enum Kind {

		/** Standard output. */
		OUT,

		/** Standard error. */
		ERR

	}

}
