package io.adaptive.internal.node;

import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;

/**
 * The workers of a node, and what may wait for them.
 *
 * @param kind what they are
 * @param factors how their number follows the load
 * @param shedding whether messages are refused while the queue is full
 * @param queueMemory how many bytes may wait
 */
public record WorkerConfiguration(WorkerKind kind, ScaleFactors factors, boolean shedding, long queueMemory) {
}
