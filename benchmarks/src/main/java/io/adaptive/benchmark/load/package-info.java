/**
 * How a contestant is loaded, and what is read off meanwhile.
 */
@NullMarked
package io.adaptive.benchmark.load;

import org.jspecify.annotations.NullMarked;
