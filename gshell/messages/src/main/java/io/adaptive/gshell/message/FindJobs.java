package io.adaptive.gshell.message;

import java.util.List;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * Asks for jobs. Answered by {@link JobListing}.
 *
 * @param group name of the group, with or without version; {@code null} for all groups
 * @param references jobs; empty for all
 */
@Idempotent
@Message("gshell.FindJobs")
public record FindJobs(@Nullable String group, List<String> references) {

}
