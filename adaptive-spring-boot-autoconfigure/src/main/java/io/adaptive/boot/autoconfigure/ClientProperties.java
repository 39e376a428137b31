package io.adaptive.boot.autoconfigure;

import java.time.Duration;
import java.util.Set;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.Priority;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.spring.client.ClientOverride;
import io.adaptive.stream.CallSettings;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the clients of one service. A property that is not set leaves the attribute
 * of @Discover unchanged.
 *
 * @param timeout Timeout of a call, including the wait for the service and retries; zero
 * for no limit.
 * @param discoverTimeout Time that a call waits for the service to appear; zero does not
 * wait.
 * @param scopes Scopes in which to search for the service.
 * @param providers Provider ids of the machines whose instances are used, in which a star
 * matches any characters.
 * @param selection Selection among instances in the same scope: random, capacity,
 * latency, a chain such as capacity,latency, round-robin, power-of-two-choices, sticky:
 * and a key, or the name of a bean.
 * @param priority Priority of the messages at their handler, unless the handler declares
 * a priority.
 * @param idempotent Whether all messages are idempotent, so that every call may be
 * retried.
 * @param eager Whether to discover the service when the application has started.
 * @param copyInProcess Whether messages within the process are copied, so that a receiver
 * may modify them.
 */
public record ClientProperties(@Nullable Duration timeout, @Nullable Duration discoverTimeout,
		@Nullable Set<Scope> scopes, @Nullable Set<ProviderId> providers, @Nullable String selection,
		@Nullable Priority priority, @Nullable Boolean idempotent, @Nullable Boolean eager,
		@Nullable Boolean copyInProcess) {

	public ClientProperties {
		if (timeout != null) {
			CallSettings.DEFAULT.timeout(timeout);
		}
		if (discoverTimeout != null) {
			AdaptiveClient.checkDiscoverTimeout(discoverTimeout);
		}
	}

	ClientOverride override() {
		return new ClientOverride(this.timeout, this.discoverTimeout, this.scopes, this.providers, this.selection,
				this.priority, this.idempotent, this.eager, this.copyInProcess);
	}

}
