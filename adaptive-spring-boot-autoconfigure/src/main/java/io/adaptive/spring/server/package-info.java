/**
 * What the annotations of a server mean: beans become services.
 */
@NullMarked
package io.adaptive.spring.server;

import org.jspecify.annotations.NullMarked;
