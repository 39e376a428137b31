package io.adaptive.topidchart.page;

/**
 * The charts of a session over a span, with common times.
 *
 * @param start when the first step begins, in milliseconds since 1970
 * @param step the length of a step in milliseconds
 * @param steps how many there are
 * @param filterRefused whether the filter was none, so that the default is used
 * @param cpu processor time in percent of one processor
 * @param memory memory in megabytes
 */
record Charts(long start, long step, int steps, boolean filterRefused, Chart cpu, Chart memory) {

}
