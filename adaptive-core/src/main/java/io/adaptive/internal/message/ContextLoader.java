package io.adaptive.internal.message;

/**
 * Context class loader of one application, for the threads that run its code. Immutable.
 */
public final class ContextLoader {

	private final ClassLoader loader;

	private ContextLoader(ClassLoader loader) {
		this.loader = loader;
	}

	/**
	 * Returns the context class loader of the calling thread.
	 * @return the loader
	 */
	public static ContextLoader current() {
		return new ContextLoader(Thread.currentThread().getContextClassLoader());
	}

	/**
	 * Gives the loader to a thread of the application.
	 * @param thread the thread, not started
	 * @return the thread
	 */
	public Thread on(Thread thread) {
		thread.setContextClassLoader(this.loader);
		return thread;
	}

	/**
	 * Runs a task on the calling thread, which has the loader meanwhile, and its own one
	 * afterwards.
	 * @param task the task
	 */
	public void during(Runnable task) {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(this.loader);
		try {
			task.run();
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

}
