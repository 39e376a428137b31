package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;

/**
 * Asks for the group itself. Answered by {@link GroupInfo}.
 */
@Idempotent
@Message("gshell.group.DescribeGroup")
public record DescribeGroup() {

}
