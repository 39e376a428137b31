package io.adaptive.client;

import java.time.Duration;
import java.util.Map;

import io.adaptive.message.ServiceInstance;

/**
 * What a {@link Selection} may know of the instances it chooses from.
 */
public interface Measurements {

	/**
	 * Asks instances for the scores of their worker pools.
	 * @param instances which
	 * @return the scores of those that answered, the higher the better
	 * @see io.adaptive.message.WorkerStatistics#capacityScore()
	 */
	Map<ServiceInstance, Double> capacity(Iterable<ServiceInstance> instances);

	/**
	 * Measures how fast instances answer: the mean of four queries.
	 * @param instances which
	 * @return the times of those that answered
	 */
	Map<ServiceInstance, Duration> latency(Iterable<ServiceInstance> instances);

	/**
	 * Counts what this program has going on with an instance: its open connections and
	 * the calls that wait on them.
	 * @param instance the instance
	 * @return the number, of about this moment
	 */
	int load(ServiceInstance instance);

	/**
	 * Returns how long this program has known an instance.
	 * @param instance the instance
	 * @return the time since it was first asked for
	 */
	Duration age(ServiceInstance instance);

}
