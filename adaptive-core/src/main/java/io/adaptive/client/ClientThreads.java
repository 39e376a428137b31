package io.adaptive.client;

/**
 * Threads for what may wait for long while its caller does not.
 */
final class ClientThreads {

	private ClientThreads() {
	}

	static void start(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

}
