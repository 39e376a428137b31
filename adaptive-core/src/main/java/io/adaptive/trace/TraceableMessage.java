package io.adaptive.trace;

/**
 * A message type that can be marked by name.
 * 
 * @param type the name on the wire
 * @param className the class name
 * @param remaining the number of messages still to be traced, 0 if the type is not marked
 */
public record TraceableMessage(String type, String className, int remaining) {
}
