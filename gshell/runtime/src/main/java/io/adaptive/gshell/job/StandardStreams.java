package io.adaptive.gshell.job;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Standard streams of a job: those it was started with, and what it has set since.
 */
final class StandardStreams {

	private final InputStream in;

	private final PrintStream out;

	private final PrintStream err;

	private volatile @Nullable InputStream currentIn;

	private volatile @Nullable PrintStream currentOut;

	private volatile @Nullable PrintStream currentErr;

	StandardStreams(JobStreams streams) {
		this.in = streams.in();
		this.out = printStream(streams.out());
		this.err = printStream(streams.err());
		this.currentIn = this.in;
		this.currentOut = this.out;
		this.currentErr = this.err;
	}

	private static PrintStream printStream(OutputStream out) {
		return new PrintStream(new BufferedOutputStream(out), true, StandardCharsets.UTF_8);
	}

	InputStream in() {
		return this.in;
	}

	PrintStream out() {
		return this.out;
	}

	PrintStream err() {
		return this.err;
	}

	@Nullable InputStream currentIn() {
		return this.currentIn;
	}

	void currentIn(@Nullable InputStream in) {
		this.currentIn = in;
	}

	@Nullable PrintStream currentOut() {
		return this.currentOut;
	}

	void currentOut(@Nullable PrintStream out) {
		this.currentOut = out;
	}

	@Nullable PrintStream currentErr() {
		return this.currentErr;
	}

	void currentErr(@Nullable PrintStream err) {
		this.currentErr = err;
	}

	/**
	 * Closes the input; may wait for a thread that reads.
	 */
	void closeIn() {
		try {
			this.in.close();
		}
		catch (IOException ex) {
			// Nothing reads it any more.
		}
	}

	/**
	 * Flushes what the job may have set, then its own; may wait for the reader.
	 */
	void flush() {
		PrintStream out = this.currentOut;
		PrintStream err = this.currentErr;
		if (out != null) {
			out.flush();
		}
		if (err != null) {
			err.flush();
		}
		this.out.flush();
		this.err.flush();
	}

	/** Streams set by the job would keep its class loader. */
	void reset() {
		this.currentIn = this.in;
		this.currentOut = this.out;
		this.currentErr = this.err;
	}

}
