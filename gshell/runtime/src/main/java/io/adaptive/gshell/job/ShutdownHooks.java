package io.adaptive.gshell.job;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The shutdown hooks of a job. Thread-safe.
 */
final class ShutdownHooks {

	private final Set<Thread> hooks = Collections.newSetFromMap(new IdentityHashMap<>());

	private boolean closed;

	synchronized void add(Thread hook) {
		requireOpen();
		if (hook.isAlive()) {
			throw new IllegalArgumentException("The shutdown hook " + hook.getName() + " is already running");
		}
		if (!this.hooks.add(hook)) {
			throw new IllegalArgumentException("The shutdown hook " + hook.getName() + " has already been added");
		}
	}

	synchronized boolean remove(Thread hook) {
		requireOpen();
		return this.hooks.remove(hook);
	}

	private void requireOpen() {
		if (this.closed) {
			throw new IllegalStateException("The job is ending: its shutdown hooks can no longer change");
		}
	}

	synchronized boolean contains(Thread thread) {
		return this.hooks.contains(thread);
	}

	/**
	 * Refuses changes from now on.
	 * @return the hooks
	 */
	synchronized List<Thread> close() {
		this.closed = true;
		return List.copyOf(this.hooks);
	}

	synchronized void clear() {
		this.hooks.clear();
	}

}
