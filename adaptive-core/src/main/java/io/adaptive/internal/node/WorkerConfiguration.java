package io.adaptive.internal.node;

import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;

/**
 * Configuration of the workers of a node and of their queue.
 *
 * @param kind the kind of workers
 * @param factors the factors that scale their number with the load
 * @param shedding whether messages are refused while the queue is full
 * @param queueMemory the maximum size of the queue in bytes
 */
public record WorkerConfiguration(WorkerKind kind, ScaleFactors factors, boolean shedding, long queueMemory) {
}
