package io.adaptive.client;

import java.time.Duration;
import java.util.Map;

import io.adaptive.message.ServiceInstance;

/**
 * Measurements of instances, as input of a {@link Selection}.
 */
public interface Measurements {

	/**
	 * Queries the capacity scores of the worker pools of instances.
	 * @param instances the instances to query
	 * @return the scores of the instances that answered; higher is better
	 * @see io.adaptive.message.WorkerStatistics#capacityScore()
	 */
	Map<ServiceInstance, Double> capacity(Iterable<ServiceInstance> instances);

	/**
	 * Measures the response times of instances, each as the mean of four queries.
	 * @param instances the instances to query
	 * @return the response times of the instances that answered
	 */
	Map<ServiceInstance, Duration> latency(Iterable<ServiceInstance> instances);

	/**
	 * Returns the load of this program on an instance: the number of its open connections
	 * and of the calls waiting on them.
	 * @param instance the instance
	 * @return the number, approximately current
	 */
	int load(ServiceInstance instance);

	/**
	 * Returns how long this program has known an instance, measured from the first call
	 * for it.
	 * @param instance the instance
	 * @return the age
	 */
	Duration age(ServiceInstance instance);

}
