package io.adaptive.gshell.supervisor;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

import io.adaptive.client.AdaptiveClient;

/**
 * Settings and dependencies of a supervisor.
 *
 * @param launcher starts processes
 * @param client finds the services of groups
 * @param clock tells the time
 * @param random chooses jitter
 * @param sleeper waits before a group is started again
 */
public record SupervisorSettings(GroupLauncher launcher, AdaptiveClient client, InstantSource clock,
		RandomGenerator random, Sleeper sleeper) {

	/**
	 * Waits.
	 */
	@FunctionalInterface
	public interface Sleeper {

		/**
		 * Waits for a time.
		 * @param time the time
		 * @throws InterruptedException if the thread is interrupted
		 */
		void sleep(Duration time) throws InterruptedException;

	}

}
