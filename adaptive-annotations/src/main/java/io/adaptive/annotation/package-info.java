/**
 * Optional annotations for message records. A module that defines messages needs no other
 * dependency, and none at all without these annotations.
 */
@NullMarked
package io.adaptive.annotation;

import org.jspecify.annotations.NullMarked;
