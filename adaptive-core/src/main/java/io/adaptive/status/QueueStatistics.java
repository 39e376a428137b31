package io.adaptive.status;

import java.util.Map;

import io.adaptive.message.Priority;

/**
 * The statistics of the queue of the worker pool.
 *
 * @param waiting the number of tasks that wait for a worker, by priority
 * @param size the number of messages that may wait before the pool counts as full
 * @param shed the number of messages refused since the node started because the queue was
 * full
 */
public record QueueStatistics(Map<Priority, Integer> waiting, int size, long shed) {
}
