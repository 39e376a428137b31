/**
 * What is shown: tables, CSV, a chart.
 */
@NullMarked
package io.adaptive.benchmark.report;

import org.jspecify.annotations.NullMarked;
