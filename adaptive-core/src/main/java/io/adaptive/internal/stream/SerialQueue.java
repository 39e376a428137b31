package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, in order. A task is done when it runs its callback,
 * which may be after it has returned.
 */
public final class SerialQueue {

	private final Deque<Runnable> waiting = new ArrayDeque<>(1);

	private boolean running;

	/**
	 * Runs a task when all before it are done.
	 * @param task starts the work; it receives a callback to run once when it is done
	 */
	public void execute(Consumer<Runnable> task) {
		Runnable start = () -> task.accept(this::next);
		synchronized (this) {
			if (this.running) {
				this.waiting.add(start);
				return;
			}
			this.running = true;
		}
		start.run();
	}

	private void next() {
		Runnable start = poll();
		if (start != null) {
			start.run();
		}
	}

	private synchronized @Nullable Runnable poll() {
		Runnable start = this.waiting.poll();
		this.running = start != null;
		return start;
	}

}
