package io.adaptive.internal.message;

import java.util.concurrent.ThreadFactory;

/**
 * Threads of one node, which do not keep a program alive. They inherit no thread-local
 * values: a value of the thread that happened to need them first would be kept as long as
 * the node. Their context class loader is that of the thread that creates them.
 */
public final class DaemonThreads {

	private DaemonThreads() {
	}

	/**
	 * Creates a thread.
	 * @param work the work, with which the thread ends
	 * @param name the name of the thread
	 * @return the thread, not started
	 */
	public static Thread newThread(Runnable work, String name) {
		Thread thread = new Thread(null, work, name, 0, false);
		thread.setDaemon(true);
		// From Java 19 on a thread that inherits nothing has the loader of the system.
		return ContextLoader.current().on(thread);
	}

	/**
	 * Starts a thread.
	 * @param name the name of the thread
	 * @param work the work, with which the thread ends
	 * @return the thread
	 */
	public static Thread start(String name, Runnable work) {
		Thread thread = newThread(work, name);
		thread.start();
		return thread;
	}

	/**
	 * Creates a factory.
	 * @param name the name of all its threads
	 * @return the factory
	 */
	public static ThreadFactory factory(String name) {
		return (work) -> newThread(work, name);
	}

}
