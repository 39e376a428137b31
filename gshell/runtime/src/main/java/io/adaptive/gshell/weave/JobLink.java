package io.adaptive.gshell.weave;

import org.jspecify.annotations.Nullable;

/**
 * The way from woven code to its job. Defined anew by each {@link JobClassLoader};
 * public, because woven classes are in other packages. Not for use in source code.
 */
public final class JobLink {

	static final JobEnvironment ENVIRONMENT = ((JobClassLoader) JobLink.class.getClassLoader()).environment();

	private static volatile boolean stopped;

	private JobLink() {
	}

	/**
	 * The check at method entries, backward jumps and exception handlers.
	 * @throws JobStopped if the job is stopped
	 */
	public static void check() {
		if (stopped) {
			throw JobStopped.INSTANCE;
		}
	}

	/**
	 * Makes each {@link #check()} throw from now on.
	 */
	public static void stop() {
		stopped = true;
	}

	/**
	 * Precedes the opening of an asynchronous channel.
	 */
	public static void startChannelGroup() {
		ENVIRONMENT.startChannelGroup();
	}

	/**
	 * Reports what the job has made.
	 * @param resource see {@link JobEnvironment#made}
	 */
	public static void made(@Nullable Object resource) {
		ENVIRONMENT.made(resource);
	}

}
