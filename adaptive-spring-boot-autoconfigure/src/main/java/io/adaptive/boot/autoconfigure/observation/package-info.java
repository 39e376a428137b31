/**
 * Observations of messages, for applications that use Micrometer.
 */
@NullMarked
package io.adaptive.boot.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
