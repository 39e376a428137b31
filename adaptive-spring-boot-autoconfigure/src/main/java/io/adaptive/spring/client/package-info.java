/**
 * Implementation of the client annotations, which injects connections.
 */
@NullMarked
package io.adaptive.spring.client;

import org.jspecify.annotations.NullMarked;
