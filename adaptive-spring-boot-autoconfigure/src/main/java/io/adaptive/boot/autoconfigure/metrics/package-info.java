/**
 * Metrics of the framework, for applications that use Micrometer.
 */
@NullMarked
package io.adaptive.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
