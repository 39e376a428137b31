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
 * The resolved settings of a client. Clients with equal settings share a connection.
 *
 * @param service the pattern of the services
 * @param providers the machines whose instances are used, empty for all
 * @param scopes the scopes to search, empty for all
 * @param selection the selection among instances, empty for the default
 * @param discoverTimeout the time to wait for the service, {@code null} for the default
 * @param calls the call settings
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

		/** On first use. */
		LAZY,

		/** When the application has started. */
		EAGER,

		/**
		 * When the application has started; it is not ready before the service was found.
		 */
		AWAITED

	}

}
