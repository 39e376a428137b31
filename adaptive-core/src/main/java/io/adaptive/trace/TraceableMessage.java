package io.adaptive.trace;

/**
 * A message type that can be marked by its name.
 *
 * @param type its name on the wire
 * @param className the class
 * @param remaining how many more messages are to be traced, 0 if it is not marked
 */
public record TraceableMessage(String type, String className, int remaining) {
}
