package io.adaptive.builtin;

import java.util.List;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;

/**
 * Where the root registries are: the answer of {@code builtin/registryInfo}, which a
 * program publishes that was told, for the others of its machine.
 *
 * @param addresses the registries
 */
@Message("adaptive.registry-info")
public record RegistryInfo(List<Address> addresses) {

	/** The name of the service. */
	public static final ServiceName SERVICE = new ServiceName("builtin", "registryInfo");

	/**
	 * Makes the service.
	 * @param registries the root registries that this program was told
	 * @return what is to be published
	 */
	public static Service of(List<Endpoint.Tcp> registries) {
		RegistryInfo info = new RegistryInfo(
				registries.stream().map((each) -> new Address(each.host(), each.port())).toList());
		return Service.named(SERVICE).handle(Query.class, (query) -> info);
	}

	/**
	 * Returns the addresses as endpoints.
	 * @return the registries
	 * @throws IllegalArgumentException if one is no valid address
	 */
	public List<Endpoint.Tcp> endpoints() {
		return this.addresses.stream().map((each) -> new Endpoint.Tcp(each.host(), each.port())).toList();
	}

	/**
	 * Asks for it.
	 */
	@Message("adaptive.registry-info-query")
	@Idempotent
	public record Query() {
	}

	/**
	 * The address of a registry.
	 *
	 * @param host a name or an address
	 * @param port the TCP port
	 */
	public record Address(String host, int port) {
	}

}
