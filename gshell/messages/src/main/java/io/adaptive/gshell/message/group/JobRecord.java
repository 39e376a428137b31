package io.adaptive.gshell.message.group;

import java.time.Instant;
import java.util.List;

import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * A job at one moment.
 *
 * @param id 12 hexadecimal digits
 * @param name its name
 * @param status its state
 * @param since begin of the state
 * @param arguments arguments of {@code main}
 * @param app path of the app in its repository
 * @param bundle SHA-256 of the bundle
 * @param commit commit of the repository; {@code null} if unknown
 * @param requestedBy identity of the user who ran it
 * @param createdAt time of {@code run}
 * @param startedAt time of the last start
 * @param endedAt time of the last end; {@code null} while it runs
 * @param exitStatus status of the last end, 0 to 255; {@code null} while it runs
 * @param error text of the exception out of {@code main}, at most 4 KB; {@code null} if
 * there was none
 * @param restarts restarts after failures and after the death of the group
 * @param restart its restart rule
 * @param removeAtEnd whether it is removed when it has ended
 * @param leftBehind resources that were open or running at the last end and were shut
 * @param live numbers and stacks of the running job; {@code null} if it does not run
 */
@Message("gshell.group.JobRecord")
public record JobRecord(String id, String name, JobStatus status, Instant since, List<String> arguments, String app,
		String bundle, @Nullable String commit, String requestedBy, Instant createdAt, Instant startedAt,
		@Nullable Instant endedAt, @Nullable Integer exitStatus, @Nullable String error, int restarts,
		RestartRule restart, boolean removeAtEnd, List<String> leftBehind, @Nullable LiveJob live) {

}
