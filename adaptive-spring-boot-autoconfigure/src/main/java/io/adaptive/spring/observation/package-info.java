/**
 * Observations of messages for monitoring and distributed tracing, with replaceable
 * conventions.
 */
@NullMarked
package io.adaptive.spring.observation;

import org.jspecify.annotations.NullMarked;
