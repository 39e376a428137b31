/**
 * Types that a test registers by scanning this package.
 */
@NullMarked
package io.adaptive.boot.autoconfigure.types;

import org.jspecify.annotations.NullMarked;
