package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;

/**
 * Asks for the services that the jobs of the group publish in PROCESS scope. Answered by
 * {@link GroupServices}.
 *
 * @param publisher pattern, {@code *} for any characters
 * @param service pattern
 */
@Idempotent
@Message("gshell.group.ListGroupServices")
public record ListGroupServices(String publisher, String service) {

}
