package io.adaptive.gshell.message;

import java.time.Duration;
import java.util.List;

import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * The code repository as the daemon sees it.
 *
 * @param address its address; {@code null} if the daemon has none
 * @param commit commit of the contents; {@code null} for a folder
 * @param age age of what is cached; {@code null} if nothing is cached
 * @param entries contents of the path, sorted by name; a file lists itself
 */
@Message("gshell.RepositoryListing")
public record RepositoryListing(@Nullable String address, @Nullable String commit, @Nullable Duration age,
		List<RepositoryEntry> entries) {

}
