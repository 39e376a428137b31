package io.adaptive.spring.client;

import java.time.Duration;
import java.util.Set;

import io.adaptive.message.Priority;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The configured settings of one client, which override its annotation. A {@code null}
 * component leaves the attribute of the annotation unchanged.
 *
 * @param timeout the timeout of a call, zero for no limit
 * @param discoverTimeout the time to wait for the service, zero for none
 * @param scopes the scopes to search
 * @param providers the machines whose instances are used
 * @param selection the selection among instances
 * @param priority the priority of the calls
 * @param idempotent whether all calls may be retried
 * @param eager whether to discover the service as soon as the application has started
 * @param copyInProcess whether messages are copied within the process
 */
public record ClientOverride(@Nullable Duration timeout, @Nullable Duration discoverTimeout,
		@Nullable Set<Scope> scopes, @Nullable Set<ProviderId> providers, @Nullable String selection,
		@Nullable Priority priority, @Nullable Boolean idempotent, @Nullable Boolean eager,
		@Nullable Boolean copyInProcess) {

	/** No overrides. */
	public static final ClientOverride NONE = new ClientOverride(null, null, null, null, null, null, null, null, null);

}
