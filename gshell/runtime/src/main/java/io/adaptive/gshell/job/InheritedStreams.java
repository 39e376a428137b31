package io.adaptive.gshell.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/**
 * The streams that a child process would inherit from the JVM: it gets those of the job
 * instead, copied by daemon threads of the job.
 *
 * @param in whether standard input is inherited
 * @param out whether standard output is
 * @param err whether standard error is
 */
record InheritedStreams(boolean in, boolean out, boolean err) {

	/**
	 * Asks for pipes in place of inherited streams.
	 */
	static InheritedStreams replace(ProcessBuilder builder) {
		InheritedStreams inherited = new InheritedStreams(builder.redirectInput().equals(Redirect.INHERIT),
				builder.redirectOutput().equals(Redirect.INHERIT),
				builder.redirectError().equals(Redirect.INHERIT) && !builder.redirectErrorStream());
		inherited.set(builder, Redirect.PIPE);
		return inherited;
	}

	void restore(ProcessBuilder builder) {
		set(builder, Redirect.INHERIT);
	}

	private void set(ProcessBuilder builder, Redirect redirect) {
		if (this.in) {
			builder.redirectInput(redirect);
		}
		if (this.out) {
			builder.redirectOutput(redirect);
		}
		if (this.err) {
			builder.redirectError(redirect);
		}
	}

	/**
	 * Begins to copy.
	 * @return the process as the job is to see it
	 */
	Process connect(Process process, StandardStreams streams) {
		if (!this.in && !this.out && !this.err) {
			return process;
		}
		List<Thread> copies = new ArrayList<>();
		if (this.in) {
			copy("input", process, streams.in(), process.getOutputStream(), true);
		}
		if (this.out) {
			copies.add(copy("output", process, process.getInputStream(), streams.out(), false));
		}
		if (this.err) {
			copies.add(copy("error", process, process.getErrorStream(), streams.err(), false));
		}
		return new InheritingProcess(process, this, copies);
	}

	private static Thread copy(String name, Process process, InputStream from, OutputStream to, boolean close) {
		Thread thread = new Thread(() -> {
			try {
				copy(from, to);
				if (close) {
					to.close();
				}
			}
			catch (IOException ex) {
				// The process or the job has ended.
			}
		}, "standard " + name + " of process " + process.pid());
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static void copy(InputStream from, OutputStream to) throws IOException {
		byte[] buffer = new byte[8192];
		for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
			to.write(buffer, 0, count);
			to.flush();
		}
	}

}
