package io.adaptive.message;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;

/**
 * A request for the worker pool statistics of a node, which every service answers with a
 * {@link WorkerStatistics}.
 */
@Message("adaptive.worker-query")
@Idempotent
public record WorkerQuery() {
}
