/**
 * The application whose start is measured.
 */
@NullMarked
package io.adaptive.benchmark.startup;

import org.jspecify.annotations.NullMarked;
