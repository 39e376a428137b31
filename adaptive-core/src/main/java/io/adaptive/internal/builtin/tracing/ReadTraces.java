package io.adaptive.internal.builtin.tracing;

import io.adaptive.annotation.Message;

/**
 * Reads traces from a collector. The answers are {@link CollectedTrace}s and the end of
 * the stream.
 *
 * @param token the selection of traces
 * @param keep whether the collector keeps them
 */
@Message("adaptive.read-traces")
record ReadTraces(String token, boolean keep) {
}
