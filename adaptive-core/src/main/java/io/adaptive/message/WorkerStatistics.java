package io.adaptive.message;

import io.adaptive.annotation.Message;

/**
 * A snapshot of the statistics of a worker pool. {@code total} is always the sum of
 * {@code busy} and {@code idle}; {@code queued} is read separately.
 *
 * @param cpus the number of processors of the machine or container
 * @param resident the number of workers that stay idle when no message waits
 * @param weight the number of waiting messages for which one more idle worker is added;
 * negative for a fixed pool
 * @param queueSize the number of messages that may wait before the pool counts as full
 * @param queued the number of messages that wait for a worker
 * @param total the number of workers
 * @param busy the number of workers that handle a message
 * @param idle the number of workers without a message
 * @param target the number of idle workers that the pool aims at; for a fixed pool, its
 * number of workers
 * @param maximum the maximum number of workers
 * @param scaledUp the number of workers added since the pool started
 * @param scaledDown the number of workers removed since the pool started
 */
@Message("adaptive.worker-statistics")
public record WorkerStatistics(int cpus, int resident, int weight, int queueSize, int queued, int total, int busy,
		int idle, int target, int maximum, long scaledUp, long scaledDown) {

	/**
	 * Returns the capacity score of this pool. Of two pools, the one with the higher
	 * score should receive the next message.
	 * <p>
	 * The score of a scaling pool is {@code cpus / (queued / weight + resident + busy)}:
	 * processors per worker that the pool needs. The score of a fixed pool is negative,
	 * hence lower than that of every scaling pool, because a fixed pool cannot add
	 * workers when handlers block.
	 * <p>
	 * The score of a fixed pool is {@code -(1 / idle + 1 / usable)}, where {@code usable}
	 * is the smaller of {@code resident} and {@code cpus}. If no worker is idle,
	 * {@code 1 + (queued + 1) / resident} replaces {@code 1 / idle}, so that a pool with
	 * fewer waiting messages scores higher.
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
