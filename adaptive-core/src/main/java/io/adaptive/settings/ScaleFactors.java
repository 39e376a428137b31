package io.adaptive.settings;

/**
 * The scaling of a worker pool. The pool aims at
 * {@code queued / queueWeight + residentWorkers} <em>idle</em> workers. Blocked handlers
 * therefore do not delay the next message until the maximum number of workers is reached.
 * <p>
 * A negative weight makes the pool fixed: it always has {@code residentWorkers} workers.
 * In a fixed pool, handlers that wait for each other can deadlock.
 *
 * @param residentWorkers the number of workers that stay idle when no message waits; at
 * least 1
 * @param queueSizePerCore the number of messages per core that may wait before the pool
 * counts as full; at least 1
 * @param queueWeight the number of waiting messages for which one more idle worker is
 * added; not 0, negative for a fixed pool
 * @param maxWorkers the maximum number of workers, not below {@code residentWorkers}; 0
 * for the default of the {@linkplain WorkerKind kind}
 */
public record ScaleFactors(int residentWorkers, int queueSizePerCore, int queueWeight, int maxWorkers) {

	/**
	 * The default: 1 resident worker, 128 messages per core, weight 8, and the maximum of
	 * the worker kind.
	 */
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
	 * Returns a copy with another number of resident workers.
	 * @param residentWorkers the number of workers that stay idle when no message waits
	 * @return the changed copy
	 */
	public ScaleFactors withResidentWorkers(int residentWorkers) {
		return new ScaleFactors(residentWorkers, this.queueSizePerCore, this.queueWeight, this.maxWorkers);
	}

	/**
	 * Returns a copy with another queue size.
	 * @param queueSizePerCore the number of messages per core that may wait
	 * @return the changed copy
	 */
	public ScaleFactors withQueueSizePerCore(int queueSizePerCore) {
		return new ScaleFactors(this.residentWorkers, queueSizePerCore, this.queueWeight, this.maxWorkers);
	}

	/**
	 * Returns a copy with another queue weight.
	 * @param queueWeight the number of waiting messages for which one more idle worker is
	 * added
	 * @return the changed copy
	 */
	public ScaleFactors withQueueWeight(int queueWeight) {
		return new ScaleFactors(this.residentWorkers, this.queueSizePerCore, queueWeight, this.maxWorkers);
	}

	/**
	 * Returns a copy with another maximum.
	 * @param maxWorkers the maximum number of workers
	 * @return the changed copy
	 */
	public ScaleFactors withMaxWorkers(int maxWorkers) {
		return new ScaleFactors(this.residentWorkers, this.queueSizePerCore, this.queueWeight, maxWorkers);
	}

	/**
	 * Returns these factors with the default maximum of a worker kind if none is set.
	 * @param kind the worker kind, other than {@link WorkerKind#AUTO}
	 * @return the factors that a pool of this kind follows
	 */
	public ScaleFactors resolve(WorkerKind kind) {
		return (this.maxWorkers != 0) ? this : withMaxWorkers(Math.max(this.residentWorkers, kind.defaultMaximum()));
	}

	/**
	 * Returns whether the pool is fixed.
	 * @return {@code true} if the weight is negative
	 */
	public boolean isFixed() {
		return this.queueWeight < 0;
	}

	/**
	 * Returns the maximum number of workers.
	 * @return the number of workers
	 */
	public int limit() {
		return isFixed() ? this.residentWorkers : this.maxWorkers;
	}

	/**
	 * Returns the number of messages that may wait in a node.
	 * @param cpus the number of cores of the machine
	 * @return the number of messages
	 */
	public int queueSize(int cpus) {
		return (int) Math.min(Integer.MAX_VALUE, (long) this.queueSizePerCore * cpus);
	}

	/**
	 * Returns the target number of idle workers; for a fixed pool, the number of workers.
	 * @param queued the number of waiting messages
	 * @return the number of workers
	 */
	public int target(int queued) {
		return isFixed() ? this.residentWorkers : (int) Math.min(Integer.MAX_VALUE, idleTarget(queued));
	}

	private long idleTarget(int queued) {
		return (long) queued / this.queueWeight + this.residentWorkers;
	}

	/**
	 * Returns the difference between the target of a pool and its workers.
	 * @param queued the number of waiting messages
	 * @param total the number of workers
	 * @param idle the number of idle workers
	 * @return the number of workers to add, or if negative, the number of surplus workers
	 */
	public int missing(int queued, int total, int idle) {
		int room = limit() - total;
		return isFixed() ? room : (int) Math.min(room, idleTarget(queued) - idle);
	}

}
