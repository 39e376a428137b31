/**
 * Series of values over time: blocks of two minutes as bytes, coarser buckets made of
 * them, and grids of as many buckets as a chart has pixels. No input and output; records
 * and pure functions, for any thread.
 */
@NullMarked
package io.adaptive.topidchart.series;

import org.jspecify.annotations.NullMarked;
