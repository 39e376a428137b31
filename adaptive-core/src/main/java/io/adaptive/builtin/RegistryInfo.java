package io.adaptive.builtin;

import java.util.List;

import io.adaptive.annotation.Idempotent;
import io.adaptive.annotation.Message;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;

/**
 * The addresses of the root registries, the answer of {@code builtin/registryInfo}. A
 * program with configured registries publishes this service for the other programs of its
 * machine.
 *
 * @param addresses the addresses of the registries
 */
@Message("adaptive.registry-info")
public record RegistryInfo(List<Address> addresses) {

	/** The name of the service. */
	public static final ServiceName SERVICE = new ServiceName("builtin", "registryInfo");

	/**
	 * Returns the service.
	 * @param registries the root registries configured in this program
	 * @return the service, to be published
	 */
	public static Service of(List<Endpoint.Tcp> registries) {
		RegistryInfo info = new RegistryInfo(
				registries.stream().map((each) -> new Address(each.host(), each.port())).toList());
		return Service.named(SERVICE).handle(Query.class, (query) -> info);
	}

	/**
	 * Returns the addresses as endpoints.
	 * @return the endpoints of the registries
	 * @throws IllegalArgumentException if an address is invalid
	 */
	public List<Endpoint.Tcp> endpoints() {
		return this.addresses.stream().map((each) -> new Endpoint.Tcp(each.host(), each.port())).toList();
	}

	/**
	 * A request for the addresses of the root registries.
	 */
	@Message("adaptive.registry-info-query")
	@Idempotent
	public record Query() {
	}

	/**
	 * The address of a registry.
	 *
	 * @param host a host name or an IP address
	 * @param port the TCP port
	 */
	public record Address(String host, int port) {
	}

}
