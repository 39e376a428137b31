package io.adaptive.gshell.group;

import java.io.InputStream;
import java.io.OutputStream;

import io.adaptive.gshell.job.JobStreams;
import io.adaptive.gshell.log.RotatingLog;

/**
 * Output of a job that goes to its log.
 */
final class LogOutput extends OutputStream {

	private final RotatingLog log;

	LogOutput(RotatingLog log) {
		this.log = log;
	}

	/**
	 * Streams of a job that is attached to nothing.
	 */
	static JobStreams streams(RotatingLog log) {
		LogOutput output = new LogOutput(log);
		return new JobStreams(InputStream.nullInputStream(), output, output);
	}

	@Override
	public void write(int value) {
		write(new byte[] { (byte) value }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) {
		this.log.write(bytes, offset, length);
	}

}
