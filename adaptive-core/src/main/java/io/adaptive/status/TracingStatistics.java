package io.adaptive.status;

/**
 * Numbers of one program's message tracing.
 *
 * @param recorded events recorded since its start
 * @param dropped events that were lost because no collector could be reached
 * @param sessions traced conversations that its own collector holds
 * @param evicted conversations that made room for newer ones
 */
public record TracingStatistics(long recorded, long dropped, int sessions, long evicted) {
}
