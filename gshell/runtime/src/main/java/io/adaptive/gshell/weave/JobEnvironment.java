package io.adaptive.gshell.weave;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * Resources of a job for its own that the platform has once per JVM. Woven classes of the
 * job call it, on any thread.
 */
public interface JobEnvironment {

	/**
	 * The standard input of the job.
	 */
	@Nullable InputStream in();

	/**
	 * Replaces the standard input, as {@link System#setIn} does.
	 */
	void in(@Nullable InputStream in);

	/**
	 * The standard output of the job.
	 */
	@Nullable PrintStream out();

	/**
	 * Replaces the standard output, as {@link System#setOut} does.
	 */
	void out(@Nullable PrintStream out);

	/**
	 * The standard error of the job.
	 */
	@Nullable PrintStream err();

	/**
	 * Replaces the standard error, as {@link System#setErr} does.
	 */
	void err(@Nullable PrintStream err);

	/**
	 * The system properties of the job; live and thread-safe.
	 */
	Properties properties();

	/**
	 * Replaces the system properties; {@code null} stands for those at the start.
	 */
	void properties(@Nullable Properties properties);

	/**
	 * Ends the job with its shutdown hooks, and waits until they have ended. The first
	 * status counts. On the thread of a shutdown hook it ends the hook only.
	 * @param status exit status, of which the lowest 8 bits count
	 * @return the error to throw
	 */
	JobStopped exit(int status);

	/**
	 * Ends the job without its shutdown hooks.
	 * @param status exit status, of which the lowest 8 bits count
	 * @return the error to throw
	 */
	JobStopped halt(int status);

	/**
	 * Adds a shutdown hook, as {@link Runtime#addShutdownHook} does.
	 * @throws IllegalArgumentException if it has been added or started
	 * @throws IllegalStateException if the job is ending
	 */
	void addHook(Thread hook);

	/**
	 * Removes a shutdown hook, as {@link Runtime#removeShutdownHook} does.
	 * @return whether it had been added
	 * @throws IllegalStateException if the job is ending
	 */
	boolean removeHook(Thread hook);

	/**
	 * Starts a child process of the job. Streams it would inherit are those of the job.
	 * @throws IOException if the operating system does not start it
	 */
	Process start(ProcessBuilder builder) throws IOException;

	/**
	 * Starts child processes of the job, as {@link ProcessBuilder#startPipeline} does.
	 * @throws IOException if the operating system does not start one
	 */
	List<Process> startPipeline(List<ProcessBuilder> builders) throws IOException;

	/**
	 * Handler for uncaught exceptions of the job's threads, or {@code null} for the
	 * default: a stack trace on standard error.
	 */
	@Nullable UncaughtExceptionHandler uncaughtExceptionHandler();

	/**
	 * Replaces the handler for uncaught exceptions of the job's threads.
	 */
	void uncaughtExceptionHandler(@Nullable UncaughtExceptionHandler handler);

	/**
	 * Starts the threads of the platform's default channel group, unless they run, on
	 * behalf of the JVM. Called before the job opens an asynchronous channel.
	 */
	void startChannelGroup();

	/**
	 * A thread, pool, timer, socket, channel, file stream or direct buffer that the job
	 * has made. A weak reference is kept; what the job leaves open is shut when it ends.
	 * Never throws.
	 */
	void made(@Nullable Object resource);

}
