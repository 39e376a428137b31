package io.adaptive.builtin;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;

/**
 * By which id this machine is known: the answer of {@code builtin/providerInfo}.
 *
 * @param providerId the id
 */
@Message("adaptive.provider-info")
public record ProviderInfo(String providerId) {

	/** The name of the service. */
	public static final ServiceName SERVICE = new ServiceName("builtin", "providerInfo");

	/**
	 * Makes the service.
	 * @param providerId the machine's id
	 * @return what is to be published
	 */
	public static Service of(ProviderId providerId) {
		return Service.named(SERVICE).handle(Query.class, (query) -> new ProviderInfo(providerId.value()));
	}

	/**
	 * Asks for it.
	 */
	@Message("adaptive.provider-info-query")
	@Idempotent
	public record Query() {
	}

}
