package io.adaptive.topidchart.series;

/**
 * Buckets of one length, as they are stored.
 *
 * @param millis the length of a bucket
 * @param from when the first one begins, in milliseconds since 1970
 * @param to when the last one ends
 * @param data the buckets, by {@link BucketBlock}
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record CoarseRow(long millis, long from, long to, byte[] data) {

}
