package io.adaptive.gshell.message;

import java.util.List;

import io.adaptive.annotation.Message;
import io.adaptive.gshell.message.group.BundleContent;
import io.adaptive.gshell.message.group.RestartRule;
import org.jspecify.annotations.Nullable;

/**
 * Runs an app as a new job, in a group that is made if it does not run. Answered by
 * {@link RunReply}.
 *
 * @param group name of the group, with or without version; {@code null} for a new group
 * with a name of six random letters
 * @param app path of the app in the repository; not looked at with {@code bundle}
 * @param bundle the code; {@code null} to take it from the repository
 * @param arguments arguments of {@code main}
 * @param restart restarts after failures
 * @param removeAtEnd whether the job is removed when it has ended, with log and state
 * @param limits limits of the group
 */
@Message("gshell.RunApp")
public record RunApp(@Nullable String group, String app, @Nullable BundleContent bundle, List<String> arguments,
		RestartRule restart, boolean removeAtEnd, LimitRequest limits) {

}
