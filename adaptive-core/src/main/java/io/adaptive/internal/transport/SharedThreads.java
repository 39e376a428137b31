package io.adaptive.internal.transport;

/**
 * Makes the threads that programs of one JVM share. They belong to none of them: they are
 * in the topmost thread group, and inherit neither class loader nor thread locals of the
 * program that happens to need them first.
 */
public final class SharedThreads {

	private SharedThreads() {
	}

	/**
	 * Makes a thread.
	 * @param work what it runs
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
