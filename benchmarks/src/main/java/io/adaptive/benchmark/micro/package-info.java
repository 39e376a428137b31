/**
 * JMH benchmarks of single parts, through the public types of the core.
 */
@NullMarked
package io.adaptive.benchmark.micro;

import org.jspecify.annotations.NullMarked;
