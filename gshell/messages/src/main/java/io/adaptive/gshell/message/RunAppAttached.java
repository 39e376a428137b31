package io.adaptive.gshell.message;

import io.adaptive.annotation.Message;

/**
 * Runs an app with its standard streams attached. A conversation on a stream of its own:
 * the daemon sends a {@link RunReply}, and from then on what the group sends and takes
 * after a {@link io.adaptive.gshell.message.group.RunAttached}. The end of the stream
 * detaches the client.
 *
 * @param run the app; its restart rule is not looked at
 */
@Message("gshell.RunAppAttached")
public record RunAppAttached(RunApp run) {

}
