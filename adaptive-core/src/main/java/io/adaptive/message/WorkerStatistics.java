package io.adaptive.message;

import io.adaptive.annotation.Message;

/**
 * The numbers of a worker pool at one moment. {@code total} is always the sum of
 * {@code busy} and {@code idle}; {@code queued} is read next to them.
 *
 * @param cpus processors of the machine or container
 * @param resident workers that are kept idle when nothing waits
 * @param weight for how many waiting messages one more worker is wanted; below zero for a
 * fixed pool
 * @param queueSize messages that may wait before the pool counts as full
 * @param queued messages that wait for a worker
 * @param total workers there are
 * @param busy workers with a message
 * @param idle workers without
 * @param target how many idle workers the pool aims at; of a fixed pool, how many workers
 * @param maximum how many workers there may be
 * @param scaledUp workers added since the pool started
 * @param scaledDown workers that ended since then
 */
@Message("adaptive.worker-statistics")
public record WorkerStatistics(int cpus, int resident, int weight, int queueSize, int queued, int total, int busy,
		int idle, int target, int maximum, long scaledUp, long scaledDown) {

	/**
	 * Rates how much this pool can take on; of two pools the one with the higher score
	 * should get the next message.
	 * <p>
	 * The score of a pool that scales is
	 * {@code cpus / (queued / weight + resident + busy)}: processors for each worker that
	 * it has to have. That of a fixed pool is below zero, hence below that of every pool
	 * that scales, because a fixed pool cannot grow out of handlers that block. Among
	 * themselves fixed pools are rated {@code -(1 / idle + 1 / usable)}, where
	 * {@code usable} is the smaller of {@code resident} and {@code cpus}; without an idle
	 * worker {@code 1 + (queued + 1) / resident} stands for {@code 1 / idle}, so that a
	 * pool with less in front of the next message is rated higher.
	 * @return the score, always finite
	 */
	public double capacityScore() {
		if (this.weight >= 0) {
			return (double) this.cpus / (this.queued / this.weight + this.resident + this.busy);
		}
		double wait = (this.idle > 0) ? 1.0 / this.idle : 1.0 + (this.queued + 1.0) / this.resident;
		return -(wait + 1.0 / Math.min(this.resident, this.cpus));
	}

}
