package io.adaptive.internal.builtin.tracing;

import io.adaptive.annotation.Message;

/**
 * Asks a collector for traces. The answers are {@link CollectedTrace}s and the end of the
 * stream.
 *
 * @param token which ones
 * @param keep whether the collector keeps them
 */
@Message("adaptive.read-traces")
record ReadTraces(String token, boolean keep) {
}
