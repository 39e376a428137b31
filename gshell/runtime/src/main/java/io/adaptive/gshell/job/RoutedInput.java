package io.adaptive.gshell.job;

import java.io.IOException;
import java.io.InputStream;

import io.adaptive.gshell.weave.JobEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * {@link System#in} of the JVM: reads from the input of the job that the thread works
 * for.
 */
final class RoutedInput extends InputStream {

	private final InputStream group;

	private RoutedInput(InputStream group) {
		this.group = group;
	}

	/**
	 * Makes it the JVM's input, unless it is.
	 */
	static synchronized void install() {
		InputStream current = System.in;
		if (!(current instanceof RoutedInput)) {
			System.setIn(new RoutedInput(current));
		}
	}

	private InputStream target() {
		JobEnvironment job = JobOfThread.environment();
		InputStream own = (job != null) ? job.in() : null;
		return (own == null || own == this) ? this.group : own;
	}

	@Override
	public int read() throws IOException {
		return target().read();
	}

	@Override
	public int read(byte @Nullable [] buffer, int offset, int length) throws IOException {
		return target().read(buffer, offset, length);
	}

	@Override
	public int available() throws IOException {
		return target().available();
	}

	@Override
	public void close() throws IOException {
		target().close();
	}

}
