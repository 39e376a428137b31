package io.adaptive.gshell.weave;

import java.io.BufferedReader;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import static io.adaptive.gshell.weave.JobLink.ENVIRONMENT;

/**
 * {@code java.lang.IO} of Java 25 and newer in woven code: the platform keeps one reader
 * for the whole JVM. Defined anew by each {@link JobClassLoader}; not for use in source
 * code.
 */
public final class ConsoleCalls {

	private static final String IO = "java.lang.IO";

	private static @Nullable BufferedReader reader;

	private ConsoleCalls() {
	}

	@InsteadOf(IO)
	public static void print(@Nullable Object value) {
		PrintStream out = out();
		out.print(value);
		out.flush();
	}

	@InsteadOf(IO)
	public static void println(@Nullable Object value) {
		out().println(value);
	}

	@InsteadOf(IO)
	public static void println() {
		out().println();
	}

	@InsteadOf(IO)
	public static @Nullable String readln(@Nullable String prompt) {
		print(prompt);
		return readln();
	}

	@InsteadOf(IO)
	public static @Nullable String readln() {
		try {
			return reader().readLine();
		}
		catch (IOException ex) {
			throw new IOError(ex);
		}
	}

	private static PrintStream out() {
		PrintStream out = ENVIRONMENT.out();
		return (out != null) ? out : System.out;
	}

	/** As in the platform, the input at the first call is read until the end. */
	private static synchronized BufferedReader reader() {
		BufferedReader current = reader;
		if (current == null) {
			InputStream in = ENVIRONMENT.in();
			current = new BufferedReader(
					new InputStreamReader((in != null) ? in : InputStream.nullInputStream(), StandardCharsets.UTF_8));
			reader = current;
		}
		return current;
	}

}
