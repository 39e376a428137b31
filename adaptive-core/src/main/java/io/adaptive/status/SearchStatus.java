package io.adaptive.status;

import java.time.Duration;
import java.util.List;

import io.adaptive.message.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a waiting search.
 *
 * @param query the services searched for
 * @param scopes the scopes searched
 * @param age the time since the search began
 * @param timeout the time after which the search gives up, {@code null} for no limit
 * @param known the number of known instances, none of which could be used
 * @param lastError the reason why the instance tried last could not be used, {@code null}
 * if none was tried
 * @param purpose the purpose of the search, {@code null} if the client has none
 * @param thread the name of the waiting thread
 */
public record SearchStatus(ServiceQuery query, List<Scope> scopes, Duration age, @Nullable Duration timeout, int known,
		@Nullable String lastError, @Nullable String purpose, String thread) {
}
