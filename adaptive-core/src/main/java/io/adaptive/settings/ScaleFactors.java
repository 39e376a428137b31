package io.adaptive.settings;

/**
 * How a worker pool follows its load. The pool aims at
 * {@code queued / queueWeight + residentWorkers} <em>idle</em> workers, so handlers that
 * block never stop the next message from being taken until the maximum is reached.
 * <p>
 * A weight below zero makes the pool fixed: it has {@code residentWorkers} workers,
 * whatever happens. Handlers that wait for each other can then block it for ever.
 *
 * @param residentWorkers how many workers stay idle when nothing waits; at least 1
 * @param queueSizePerCore how many messages may wait for each core before the pool counts
 * as full; at least 1
 * @param queueWeight for how many waiting messages one more worker is wanted; not 0,
 * below 0 for a fixed pool
 * @param maxWorkers how many workers there are at most, not below
 * {@code residentWorkers}; 0 for the default of the {@linkplain WorkerKind kind}
 */
public record ScaleFactors(int residentWorkers, int queueSizePerCore, int queueWeight, int maxWorkers) {

	/** One resident worker, 128 messages a core, weight 8, the kind's maximum. */
	public static final ScaleFactors DEFAULT = new ScaleFactors(1, 128, 8, 0);

	public ScaleFactors {
		if (residentWorkers < 1) {
			throw new IllegalArgumentException("A pool has at least 1 resident worker, not " + residentWorkers);
		}
		if (queueSizePerCore < 1) {
			throw new IllegalArgumentException("The queue size is at least 1 per core, not " + queueSizePerCore);
		}
		if (queueWeight == 0) {
			throw new IllegalArgumentException(
					"The queue weight is above 0, or below 0 for a fixed pool, not 0; the default is 8");
		}
		if (maxWorkers != 0 && maxWorkers < residentWorkers) {
			throw new IllegalArgumentException(
					"The maximum of workers is 0 for the default, or not below the %s resident ones, not %s"
						.formatted(residentWorkers, maxWorkers));
		}
	}

	/**
	 * Changes the number of resident workers.
	 * @param residentWorkers how many workers stay idle when nothing waits
	 * @return the changed copy
	 */
	public ScaleFactors withResidentWorkers(int residentWorkers) {
		return new ScaleFactors(residentWorkers, this.queueSizePerCore, this.queueWeight, this.maxWorkers);
	}

	/**
	 * Changes the queue size.
	 * @param queueSizePerCore how many messages may wait for each core
	 * @return the changed copy
	 */
	public ScaleFactors withQueueSizePerCore(int queueSizePerCore) {
		return new ScaleFactors(this.residentWorkers, queueSizePerCore, this.queueWeight, this.maxWorkers);
	}

	/**
	 * Changes the weight of the queue.
	 * @param queueWeight for how many waiting messages one more worker is wanted
	 * @return the changed copy
	 */
	public ScaleFactors withQueueWeight(int queueWeight) {
		return new ScaleFactors(this.residentWorkers, this.queueSizePerCore, queueWeight, this.maxWorkers);
	}

	/**
	 * Changes the maximum.
	 * @param maxWorkers how many workers there are at most
	 * @return the changed copy
	 */
	public ScaleFactors withMaxWorkers(int maxWorkers) {
		return new ScaleFactors(this.residentWorkers, this.queueSizePerCore, this.queueWeight, maxWorkers);
	}

	/**
	 * Returns these factors with a maximum that is a number of workers.
	 * @param kind what the workers are, another kind than {@link WorkerKind#AUTO}
	 * @return the factors that a pool of this kind follows
	 */
	public ScaleFactors resolve(WorkerKind kind) {
		return (this.maxWorkers != 0) ? this : withMaxWorkers(Math.max(this.residentWorkers, kind.defaultMaximum()));
	}

	/**
	 * Returns whether the pool keeps its size whatever waits.
	 * @return whether the weight is negative
	 */
	public boolean isFixed() {
		return this.queueWeight < 0;
	}

	/**
	 * Returns how many workers there are at most.
	 * @return the number of workers
	 */
	public int limit() {
		return isFixed() ? this.residentWorkers : this.maxWorkers;
	}

	/**
	 * Returns how many messages may wait in a node.
	 * @param cpus the number of cores of the machine
	 * @return the number of messages
	 */
	public int queueSize(int cpus) {
		return (int) Math.min(Integer.MAX_VALUE, (long) this.queueSizePerCore * cpus);
	}

	/**
	 * Returns how many idle workers are aimed at; of a fixed pool, how many workers.
	 * @param queued how many messages wait
	 * @return the number of workers
	 */
	public int target(int queued) {
		return isFixed() ? this.residentWorkers : (int) Math.min(Integer.MAX_VALUE, idleTarget(queued));
	}

	private long idleTarget(int queued) {
		return (long) queued / this.queueWeight + this.residentWorkers;
	}

	/**
	 * Tells how far a pool is from its target.
	 * @param queued how many messages wait
	 * @param total how many workers there are
	 * @param idle how many of them have nothing to do
	 * @return how many workers to add, or, below zero, how many are too many
	 */
	public int missing(int queued, int total, int idle) {
		int room = limit() - total;
		return isFixed() ? room : (int) Math.min(room, idleTarget(queued) - idle);
	}

}
