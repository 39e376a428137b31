/**
 * The messages of the collector: checks, limits and clocks.
 */
@NullMarked
package io.adaptive.topidchart.intake;

import org.jspecify.annotations.NullMarked;
