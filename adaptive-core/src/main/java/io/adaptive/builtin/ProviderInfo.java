package io.adaptive.builtin;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;

/**
 * The provider id of a machine, the answer of {@code builtin/providerInfo}.
 * 
 * @param providerId the provider id
 */
@Message("adaptive.provider-info")
public record ProviderInfo(String providerId) {

	/** The name of the service. */
	public static final ServiceName SERVICE = new ServiceName("builtin", "providerInfo");

	/**
	 * Returns the service.
	 * @param providerId the provider id of the machine
	 * @return the service, to be published
	 */
	public static Service of(ProviderId providerId) {
		return Service.named(SERVICE).handle(Query.class, (query) -> new ProviderInfo(providerId.value()));
	}

	/**
	 * A request for the provider id.
	 */
	@Message("adaptive.provider-info-query")
	@Idempotent
	public record Query() {
	}

}
