/**
 * Tests of the benchmark itself.
 */
@NullMarked
package io.adaptive.benchmark;

import org.jspecify.annotations.NullMarked;
