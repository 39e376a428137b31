package io.adaptive.gshell.weave;

import java.io.InputStream;
import java.io.PrintStream;

import io.adaptive.gshell.weave.InsteadOf.Member;
import org.jspecify.annotations.Nullable;

import static io.adaptive.gshell.weave.JobLink.ENVIRONMENT;

/**
 * Standard streams and exit in woven code. Defined anew by each {@link JobClassLoader};
 * not for use in source code.
 */
@SuppressWarnings("DoNotCallSuggester") // woven code calls them
public final class SystemCalls {

	private static final String SYSTEM = "java.lang.System";

	private SystemCalls() {
	}

	@InsteadOf(value = SYSTEM, member = Member.STATIC_FIELD)
	public static @Nullable InputStream in() {
		return ENVIRONMENT.in();
	}

	@InsteadOf(value = SYSTEM, member = Member.STATIC_FIELD)
	public static @Nullable PrintStream out() {
		return ENVIRONMENT.out();
	}

	@InsteadOf(value = SYSTEM, member = Member.STATIC_FIELD)
	public static @Nullable PrintStream err() {
		return ENVIRONMENT.err();
	}

	@InsteadOf(SYSTEM)
	public static void setIn(@Nullable InputStream in) {
		ENVIRONMENT.in(in);
	}

	@InsteadOf(SYSTEM)
	public static void setOut(@Nullable PrintStream out) {
		ENVIRONMENT.out(out);
	}

	@InsteadOf(SYSTEM)
	public static void setErr(@Nullable PrintStream err) {
		ENVIRONMENT.err(err);
	}

	@InsteadOf(SYSTEM)
	public static void exit(int status) {
		throw ENVIRONMENT.exit(status);
	}

	/**
	 * The platform locks {@code System.err}, which all jobs share, while it prints.
	 */
	@InsteadOf(value = "java.lang.Throwable", member = Member.INSTANCE_METHOD)
	public static void printStackTrace(Throwable throwable) {
		PrintStream err = ENVIRONMENT.err();
		if (err == null || printsByItself(throwable)) {
			throwable.printStackTrace();
		}
		else {
			throwable.printStackTrace(err);
		}
	}

	@InsteadOf("java.lang.Thread")
	public static void dumpStack() {
		printStackTrace(new Exception("Stack trace"));
	}

	private static boolean printsByItself(Throwable throwable) {
		try {
			return throwable.getClass().getMethod("printStackTrace").getDeclaringClass() != Throwable.class;
		}
		catch (NoSuchMethodException | LinkageError ex) {
			return false;
		}
	}

}
