package io.adaptive.internal.client;

/**
 * Threads for work that may wait for long while its caller does not. They work for
 * several callers, so they inherit no thread locals of the thread that happens to start
 * them.
 */
final class ClientThreads {

	private ClientThreads() {
	}

	/**
	 * Starts a thread.
	 * @return the thread, which ends with the work
	 */
	static Thread start(String name, Runnable work) {
		Thread thread = new Thread(null, work, name, 0, false);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

}
