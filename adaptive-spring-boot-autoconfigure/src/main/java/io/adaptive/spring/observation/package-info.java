/**
 * Messages as observations: what a user's monitoring and distributed tracing see of them,
 * and what may be replaced.
 */
@NullMarked
package io.adaptive.spring.observation;

import org.jspecify.annotations.NullMarked;
