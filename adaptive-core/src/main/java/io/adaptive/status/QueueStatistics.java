package io.adaptive.status;

import java.util.Map;

import io.adaptive.message.Priority;

/**
 * The numbers of the queue in front of the workers.
 *
 * @param waiting how much waits for a worker now, by priority
 * @param size messages that may wait before the pool counts as full
 * @param shed messages that were refused because it was full, since the node started
 */
public record QueueStatistics(Map<Priority, Integer> waiting, int size, long shed) {
}
