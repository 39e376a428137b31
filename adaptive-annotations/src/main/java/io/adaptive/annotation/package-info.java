/**
 * Optional annotations for message records. A module of messages needs nothing else, and
 * works without this.
 */
@NullMarked
package io.adaptive.annotation;

import org.jspecify.annotations.NullMarked;
