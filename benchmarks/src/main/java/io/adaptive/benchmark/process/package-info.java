/**
 * The processes of a measurement, started, talked to and ended by handle.
 */
@NullMarked
package io.adaptive.benchmark.process;

import org.jspecify.annotations.NullMarked;
