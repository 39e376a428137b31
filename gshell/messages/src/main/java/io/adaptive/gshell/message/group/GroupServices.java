package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * Services in PROCESS scope of a group.
 *
 * @param services the services, once for each instance
 */
@Message("gshell.group.GroupServices")
public record GroupServices(List<GroupServiceName> services) {

}
