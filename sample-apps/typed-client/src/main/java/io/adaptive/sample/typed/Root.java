package io.adaptive.sample.typed;

/**
 * Asks for a whole root, which few numbers have.
 */
record Root(long number) {

}
