package io.adaptive.gshell.job;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * Standard streams of a job, in UTF-8. Threads of the job read and write them, several at
 * the same time. {@code out} and {@code err} are flushed and not closed.
 *
 * @param in closed at the end of the job; that should end a read that waits
 * @param out standard output
 * @param err standard error
 */
public record JobStreams(InputStream in, OutputStream out, OutputStream err) {

	/**
	 * Empty input; output is discarded.
	 */
	public static JobStreams none() {
		return new JobStreams(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
				OutputStream.nullOutputStream());
	}

}
