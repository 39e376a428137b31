/**
 * The measurements: which loads, in which order.
 */
@NullMarked
package io.adaptive.benchmark.run;

import org.jspecify.annotations.NullMarked;
