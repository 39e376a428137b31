package io.adaptive.network.program;

/**
 * A call that is entered in the books.
 *
 * @param number its number
 * @param millis how long its handler works
 */
record Entry(long number, int millis) {
}
