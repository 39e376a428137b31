package io.adaptive.gshell.job;

import java.time.Duration;

/**
 * Pauses between two looks at something that does not tell when it changes; each is half
 * as long again as the one before. For one thread.
 */
final class Pause {

	private final long longest;

	private long next;

	Pause(Duration shortest, Duration longest) {
		this.next = shortest.toMillis();
		this.longest = longest.toMillis();
	}

	/**
	 * Length of the next pause in milliseconds.
	 */
	long next() {
		long pause = this.next;
		this.next = Math.min(this.longest, pause + pause / 2 + 1);
		return pause;
	}

	/**
	 * Pauses. Interrupts are meant for threads of jobs: one ends the pause.
	 */
	void sleep() {
		try {
			Thread.sleep(next());
		}
		catch (InterruptedException ex) {
			// The pause is over.
		}
	}

}
