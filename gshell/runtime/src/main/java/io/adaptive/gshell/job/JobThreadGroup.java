package io.adaptive.gshell.job;

import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;

import io.adaptive.gshell.weave.JobEnvironment;
import io.adaptive.gshell.weave.JobStopped;
import org.jspecify.annotations.Nullable;

/**
 * The thread group of a job: uncaught exceptions of its threads go to the job's handler
 * or standard error.
 */
final class JobThreadGroup extends ThreadGroup {

	/** Empty after the end: a worker of the common pool may keep the group. */
	private volatile @Nullable JobEnvironment environment;

	private volatile boolean silent;

	JobThreadGroup(String name) {
		super(name);
	}

	void environment(@Nullable JobEnvironment environment) {
		this.environment = environment;
	}

	/**
	 * Drops uncaught exceptions from now on: threads are interrupted because the job
	 * ends.
	 */
	void silence() {
		this.silent = true;
	}

	@Override
	public void uncaughtException(Thread thread, Throwable exception) {
		JobEnvironment environment = this.environment;
		if (environment == null || this.silent || exception instanceof JobStopped) {
			return;
		}
		UncaughtExceptionHandler handler = environment.uncaughtExceptionHandler();
		PrintStream err = environment.err();
		if (handler != null) {
			handler.uncaughtException(thread, exception);
		}
		else if (err != null) {
			err.print("Exception in thread \"" + thread.getName() + "\" ");
			exception.printStackTrace(err);
		}
	}

}
