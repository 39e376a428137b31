/**
 * A type that cannot be registered.
 */
@NullMarked
package io.adaptive.boot.autoconfigure.typesopen;

import org.jspecify.annotations.NullMarked;
