package io.adaptive.gshell.job;

import io.adaptive.gshell.weave.JobClassLoader;
import io.adaptive.gshell.weave.JobEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The job that the current thread works for, told by its context class loader or a parent
 * of that. For code of the platform, which is not woven.
 */
final class JobOfThread {

	private JobOfThread() {
	}

	static @Nullable JobEnvironment environment() {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		while (loader != null && !(loader instanceof JobClassLoader)) {
			loader = loader.getParent();
		}
		return (loader instanceof JobClassLoader job) ? job.environment() : null;
	}

}
