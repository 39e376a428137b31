package io.adaptive.internal.transport;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Factory of the threads shared by the applications of one JVM. They belong to none of
 * them: they are in the topmost thread group, and keep neither class loader nor thread
 * locals of the application that happens to need them first.
 */
public final class SharedThreads {

	private SharedThreads() {
	}

	/**
	 * Creates a thread.
	 * @param work the task
	 * @param name its name
	 * @return a daemon, not started
	 */
	public static Thread newThread(Runnable work, String name) {
		ThreadGroup group = Thread.currentThread().getThreadGroup();
		while (group.getParent() != null) {
			group = group.getParent();
		}
		Thread thread = newThread(group, work, name);
		thread.setDaemon(true);
		thread.setContextClassLoader(SharedThreads.class.getClassLoader());
		return thread;
	}

	/**
	 * Java before 24 keeps the protection domains of all callers, and so their class
	 * loaders, as long as the thread runs. With privileges that is this class alone.
	 */
	@SuppressWarnings("removal") // does nothing from Java 24 on
	private static Thread newThread(ThreadGroup group, Runnable work, String name) {
		return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> new Thread(group, work, name, 0, false));
	}

}
