package io.adaptive.topidchart.store;

/**
 * The tree of processes at a moment.
 *
 * @param millis when it was taken, in milliseconds since 1970
 * @param text the tree
 */
public record Snapshot(long millis, String text) {

}
