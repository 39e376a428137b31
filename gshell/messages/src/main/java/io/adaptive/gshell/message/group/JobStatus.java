package io.adaptive.gshell.message.group;

/**
 * States of a job.
 */
public enum JobStatus {

	/** Before its {@code main}. */
	STARTING("starting"),

	/** Its {@code main}, or a thread of its own, runs. */
	RUNNING("running"),

	/** It ends: shutdown hooks, interrupts, the stop check. */
	STOPPING("stopping"),

	/** It has failed and waits for its restart. */
	BACKOFF("backoff"),

	/** Something of it has survived the stop. */
	STUCK("stuck"),

	/** It has ended with status 0, or was stopped. */
	EXITED_OK("exited:OK"),

	/** It has ended with another status. */
	EXITED_ERR("exited:ERR");

	private final String word;

	JobStatus(String word) {
		this.word = word;
	}

	/**
	 * Returns the state as users see it.
	 * @return a word such as {@code exited:OK}
	 */
	public String word() {
		return this.word;
	}

	/**
	 * Tells whether the job has ended and waits for no restart.
	 * @return whether it has
	 */
	public boolean isExited() {
		return this == EXITED_OK || this == EXITED_ERR;
	}

}
