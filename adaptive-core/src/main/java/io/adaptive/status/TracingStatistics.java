package io.adaptive.status;

/**
 * The statistics of message tracing in one program.
 * 
 * @param recorded the number of events recorded since the start
 * @param dropped the number of events lost because no collector could be reached
 * @param sessions the number of traced conversations in the collector of this program
 * @param evicted the number of conversations evicted in favour of newer ones
 */
public record TracingStatistics(long recorded, long dropped, int sessions, long evicted) {
}
