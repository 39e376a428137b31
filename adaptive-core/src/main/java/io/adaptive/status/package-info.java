/**
 * API: the status of a node: statistics since its start, and snapshots of its state. They
 * are available from {@code AdaptiveNode.statistics()} and {@code AdaptiveNode.view()},
 * and in a Spring application as metrics and actuator endpoints.
 */
@NullMarked
package io.adaptive.status;

import org.jspecify.annotations.NullMarked;
