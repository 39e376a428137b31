package io.adaptive.benchmark.contestant;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * The threads of this Java: virtual ones from 21 on, by reflection since this is compiled
 * for 17.
 */
public final class CallerThreads {

	private static final int VIRTUAL_SINCE = 21;

	private CallerThreads() {
	}

	/**
	 * Tells whether this Java has virtual threads.
	 * @return whether it is 21 or newer
	 */
	public static boolean hasVirtual() {
		return Runtime.version().feature() >= VIRTUAL_SINCE;
	}

	/**
	 * Makes the factory of one kind of threads.
	 * @param virtual whether they are virtual
	 * @param name what they are called
	 * @return the factory; platform threads are daemons
	 * @throws IllegalStateException if this Java has no virtual threads
	 */
	public static ThreadFactory factory(boolean virtual, String name) {
		if (!virtual) {
			return (work) -> {
				Thread thread = new Thread(work, name);
				thread.setDaemon(true);
				return thread;
			};
		}
		try {
			Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
			Class<?> type = Class.forName("java.lang.Thread$Builder");
			return (ThreadFactory) type.getMethod("factory")
				.invoke(type.getMethod("name", String.class).invoke(builder, name));
		}
		catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException | ClassNotFoundException ex) {
			throw new IllegalStateException("Virtual threads need Java " + VIRTUAL_SINCE, ex);
		}
	}

	static ExecutorService perTask() {
		ThreadFactory factory = factory(true, "worker");
		try {
			return (ExecutorService) Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
				.invoke(null, factory);
		}
		catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException("Virtual threads need Java " + VIRTUAL_SINCE, ex);
		}
	}

}
