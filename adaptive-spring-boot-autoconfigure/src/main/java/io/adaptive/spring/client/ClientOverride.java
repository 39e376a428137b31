package io.adaptive.spring.client;

import java.time.Duration;
import java.util.Set;

import io.adaptive.message.Priority;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about one client, instead of its annotation. {@code null}
 * leaves what the annotation says.
 *
 * @param timeout how long a call may take, zero for no limit
 * @param discoverTimeout how long to wait for the service, zero for not at all
 * @param scopes where to look
 * @param providers whose instances are wanted
 * @param selection how to choose among instances
 * @param priority how urgent the calls are
 * @param idempotent whether all calls may be sent again
 * @param eager whether to discover the service as soon as the application has started
 * @param copyInProcess whether messages are copied within the process
 */
public record ClientOverride(@Nullable Duration timeout, @Nullable Duration discoverTimeout,
		@Nullable Set<Scope> scopes, @Nullable Set<ProviderId> providers, @Nullable String selection,
		@Nullable Priority priority, @Nullable Boolean idempotent, @Nullable Boolean eager,
		@Nullable Boolean copyInProcess) {

	/** Overrules nothing. */
	public static final ClientOverride NONE = new ClientOverride(null, null, null, null, null, null, null, null, null);

}
