/**
 * The annotations a Spring application writes, and what they mean: beans become services,
 * injection points become connections.
 */
@NullMarked
package io.adaptive.spring;

import org.jspecify.annotations.NullMarked;
