package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * Runs an app as a new job. Answered by {@link RunAnswer}.
 *
 * @param name name of the job
 * @param arguments arguments of {@code main}
 * @param bundle the code
 * @param restart restarts after failures
 * @param removeAtEnd whether the job is removed when it has ended, with log and state
 * @param requestedBy identity of the user, shown in the record
 * @param commit commit of the repository that the code is from; {@code null} if unknown
 */
@Message("gshell.group.RunJob")
public record RunJob(String name, List<String> arguments, BundleSource bundle, RestartRule restart, boolean removeAtEnd,
		String requestedBy, @Nullable String commit) {

}
