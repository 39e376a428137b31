package io.adaptive.spring.client;

import java.time.Duration;
import java.util.Set;

import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.stream.CallSettings;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a service, with everything resolved. Who wants the same shares it.
 *
 * @param service which service, or services
 * @param providers whose instances are wanted, none for any
 * @param scopes where to look, none for all
 * @param selection how to choose among instances, empty for the default
 * @param discoverTimeout how long to wait for it, {@code null} for the default
 * @param calls how calls are treated
 * @param copyInProcess whether messages are copied within the process, {@code null} for
 * the default
 * @param start when to discover it
 */
record ClientSettings(ServicePattern service, Set<ProviderId> providers, Set<Scope> scopes, String selection,
		@Nullable Duration discoverTimeout, CallSettings calls, @Nullable Boolean copyInProcess, Start start) {

	ServiceName serviceName() {
		return new ServiceName(this.service.publisher(), this.service.name());
	}

	/**
	 * When a service is discovered.
	 */
	enum Start {

		/** At first use. */
		LAZY,

		/** When the application has started. */
		EAGER,

		/** When the application has started, which is not ready before. */
		AWAITED

	}

}
