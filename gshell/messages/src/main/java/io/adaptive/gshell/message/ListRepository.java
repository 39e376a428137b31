package io.adaptive.gshell.message;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the code repository of the daemon. Answered by {@link RepositoryListing}.
 *
 * @param path folder or file to list, empty for the root; {@code null} for no contents
 */
@Idempotent
@Message("gshell.ListRepository")
public record ListRepository(@Nullable String path) {

}
