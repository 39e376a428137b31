/**
 * API: what a node shows of itself: numbers since its start, and the state of a moment.
 * Read them by {@code AdaptiveNode.statistics()} and {@code AdaptiveNode.view()}; a
 * Spring application has them as metrics and actuator endpoints.
 */
@NullMarked
package io.adaptive.status;

import org.jspecify.annotations.NullMarked;
