package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * The job exists.
 *
 * @param id its id, 12 hexadecimal digits
 * @param notes lines for the user
 */
@Message("gshell.group.JobStarted")
public record JobStarted(String id, List<String> notes) implements RunAnswer {

}
