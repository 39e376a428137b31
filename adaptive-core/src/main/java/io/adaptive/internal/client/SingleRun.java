package io.adaptive.internal.client;

import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.internal.message.DaemonThreads;

/**
 * Runs work on a thread of its own, one at a time: work started while another runs is
 * dropped. Thread-safe.
 */
final class SingleRun {

	private final String name;

	private final AtomicBoolean running = new AtomicBoolean();

	/**
	 * Creates a runner without running work.
	 * @param name the name of its threads
	 */
	SingleRun(String name) {
		this.name = name;
	}

	/**
	 * Runs work unless other work runs. Work can be started again after this one has
	 * ended in any way, or its thread could not be started. Does not wait.
	 */
	void start(Runnable work) {
		if (!this.running.compareAndSet(false, true)) {
			return;
		}
		boolean started = false;
		try {
			DaemonThreads.start(this.name, () -> {
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
