package io.adaptive.internal.transport;

/**
 * Factory of the threads shared by the applications of one JVM. They belong to none of
 * them: they are in the topmost thread group, and inherit neither class loader nor thread
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
		Thread thread = new Thread(group, work, name, 0, false);
		thread.setDaemon(true);
		thread.setContextClassLoader(SharedThreads.class.getClassLoader());
		return thread;
	}

}
