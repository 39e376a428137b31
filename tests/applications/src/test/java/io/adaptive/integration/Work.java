package io.adaptive.integration;

/**
 * Something to do.
 *
 * @param number which
 */
record Work(int number) {

}
