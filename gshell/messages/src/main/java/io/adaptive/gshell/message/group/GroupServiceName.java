package io.adaptive.gshell.message.group;

/**
 * Name of a service in PROCESS scope of a group.
 *
 * @param publisher publisher
 * @param service name of the service
 */
public record GroupServiceName(String publisher, String service) {

}
