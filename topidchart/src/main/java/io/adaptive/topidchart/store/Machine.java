package io.adaptive.topidchart.store;

/**
 * The machine of a session, in the words of its collector.
 *
 * @param processors how many processors it has
 * @param processor what they are
 * @param kernel the kernel and its version
 * @param limits the limits of the container, empty for none
 * @param information further text, empty for none
 */
public record Machine(int processors, String processor, String kernel, String limits, String information) {

}
