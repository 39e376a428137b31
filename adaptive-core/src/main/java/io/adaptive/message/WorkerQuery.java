package io.adaptive.message;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;

/**
 * Asks any service for the numbers of its node's worker pool; the answer is a
 * {@link WorkerStatistics}.
 */
@Message("adaptive.worker-query")
@Idempotent
public record WorkerQuery() {
}
