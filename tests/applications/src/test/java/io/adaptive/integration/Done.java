package io.adaptive.integration;

/**
 * What was done.
 *
 * @param number which
 * @param provider who did it
 */
record Done(int number, String provider) {

}
