package io.adaptive.internal.client;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs work on a thread of its own, one at a time: what comes while another runs is left
 * out. Safe for use by many threads.
 */
final class SingleRun {

	private final String name;

	private final AtomicBoolean running = new AtomicBoolean();

	/**
	 * Makes a run that has not begun.
	 * @param name the name of its threads
	 */
	SingleRun(String name) {
		this.name = name;
	}

	/**
	 * Runs work unless other work runs. However the work ends, and also if its thread
	 * cannot be had, the next is run again. Does not wait.
	 */
	void start(Runnable work) {
		if (!this.running.compareAndSet(false, true)) {
			return;
		}
		boolean started = false;
		try {
			ClientThreads.start(this.name, () -> {
				try {
					work.run();
				}
				finally {
					this.running.set(false);
				}
			});
			started = true;
		}
		finally {
			if (!started) {
				this.running.set(false);
			}
		}
	}

}
