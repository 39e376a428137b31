package io.adaptive.status;

import java.time.Duration;
import java.util.List;

import io.adaptive.message.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A search that waits, at one moment.
 *
 * @param query what is looked for
 * @param scopes where
 * @param age for how long
 * @param timeout after what time it gives up, {@code null} for never
 * @param known how many instances are known, none of which could be used
 * @param lastError why the last of them that was tried could not be used, {@code null} if
 * none was
 * @param purpose for whom, in words, {@code null} if the client was not told
 * @param thread the name of the thread that waits
 */
public record SearchStatus(ServiceQuery query, List<Scope> scopes, Duration age, @Nullable Duration timeout, int known,
		@Nullable String lastError, @Nullable String purpose, String thread) {
}
