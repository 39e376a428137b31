/**
 * What the annotations of a client mean: injection points become connections.
 */
@NullMarked
package io.adaptive.spring.client;

import org.jspecify.annotations.NullMarked;
