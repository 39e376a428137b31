package io.adaptive.sample.quotes;

/**
 * A price.
 *
 * @param number counts the quotes from 1, so that a subscriber sees its gaps
 * @param price the price
 */
record Quote(long number, int price) {

}
