package io.adaptive.gshell.job;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Function;

import io.adaptive.gshell.weave.JobEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * {@link System#out} or {@link System#err} of the JVM: each call goes to the stream of
 * the job that the thread works for, or to the group's own. Holds no lock of its own, so
 * that a job whose stream waits for its reader holds up no other.
 */
@SuppressWarnings("AnnotateFormatMethod") // the overridden methods are not annotated
final class RoutedOutput extends PrintStream {

	private final PrintStream group;

	private final Function<JobEnvironment, @Nullable PrintStream> select;

	private RoutedOutput(PrintStream group, Function<JobEnvironment, @Nullable PrintStream> select) {
		super(OutputStream.nullOutputStream());
		this.group = group;
		this.select = select;
	}

	/**
	 * Makes both the JVM's, unless they are.
	 */
	static synchronized void install() {
		PrintStream out = System.out;
		if (!(out instanceof RoutedOutput)) {
			System.setOut(new RoutedOutput(out, JobEnvironment::out));
		}
		PrintStream err = System.err;
		if (!(err instanceof RoutedOutput)) {
			System.setErr(new RoutedOutput(err, JobEnvironment::err));
		}
	}

	private PrintStream target() {
		JobEnvironment job = JobOfThread.environment();
		PrintStream own = (job != null) ? this.select.apply(job) : null;
		return (own == null || own == this) ? this.group : own;
	}

	@Override
	public void flush() {
		target().flush();
	}

	@Override
	public void close() {
		target().close();
	}

	@Override
	public boolean checkError() {
		return target().checkError();
	}

	@Override
	public void write(int value) {
		target().write(value);
	}

	@Override
	public void write(byte[] buffer, int offset, int length) {
		target().write(buffer, offset, length);
	}

	@Override
	public void write(byte[] buffer) throws IOException {
		target().write(buffer);
	}

	@Override
	public void writeBytes(byte[] buffer) {
		target().writeBytes(buffer);
	}

	@Override
	public void print(boolean value) {
		target().print(value);
	}

	@Override
	public void print(char value) {
		target().print(value);
	}

	@Override
	public void print(int value) {
		target().print(value);
	}

	@Override
	public void print(long value) {
		target().print(value);
	}

	@Override
	public void print(float value) {
		target().print(value);
	}

	@Override
	public void print(double value) {
		target().print(value);
	}

	@Override
	public void print(char[] value) {
		target().print(value);
	}

	@Override
	public void print(@Nullable String value) {
		target().print(value);
	}

	@Override
	public void print(@Nullable Object value) {
		target().print(value);
	}

	@Override
	public void println() {
		target().println();
	}

	@Override
	public void println(boolean value) {
		target().println(value);
	}

	@Override
	public void println(char value) {
		target().println(value);
	}

	@Override
	public void println(int value) {
		target().println(value);
	}

	@Override
	public void println(long value) {
		target().println(value);
	}

	@Override
	public void println(float value) {
		target().println(value);
	}

	@Override
	public void println(double value) {
		target().println(value);
	}

	@Override
	public void println(char[] value) {
		target().println(value);
	}

	@Override
	public void println(@Nullable String value) {
		target().println(value);
	}

	@Override
	public void println(@Nullable Object value) {
		target().println(value);
	}

	@Override
	public PrintStream printf(String format, @Nullable Object @Nullable ... arguments) {
		target().printf(format, arguments);
		return this;
	}

	@Override
	public PrintStream printf(@Nullable Locale locale, String format, @Nullable Object @Nullable ... arguments) {
		target().printf(locale, format, arguments);
		return this;
	}

	@Override
	public PrintStream format(String format, @Nullable Object @Nullable ... arguments) {
		target().format(format, arguments);
		return this;
	}

	@Override
	public PrintStream format(@Nullable Locale locale, String format, @Nullable Object @Nullable ... arguments) {
		target().format(locale, format, arguments);
		return this;
	}

	@Override
	public PrintStream append(@Nullable CharSequence text) {
		target().append(text);
		return this;
	}

	@Override
	public PrintStream append(@Nullable CharSequence text, int start, int end) {
		target().append(text, start, end);
		return this;
	}

	@Override
	public PrintStream append(char value) {
		target().append(value);
		return this;
	}

}
