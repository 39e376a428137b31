package io.adaptive.dispatch;

/**
 * The numbers of a worker pool at one moment.
 *
 * @param resident workers that are kept idle when nothing waits
 * @param target how many idle workers the pool aims at
 * @param total workers there are
 * @param busy workers with a message
 * @param idle workers without
 * @param queued messages that wait for a worker
 */
public record WorkerStatistics(int resident, int target, int total, int busy, int idle, int queued) {
}
