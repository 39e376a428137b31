package io.adaptive.internal.builtin.root;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.internal.registry.NodeAddress;
import io.adaptive.internal.registry.Registration;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import org.jspecify.annotations.Nullable;

/**
 * Conversion between the content of a registry and its messages. Messages are validated:
 * an invalid one is refused with {@code INVALID_ARGUMENT}.
 */
final class RegistryForms {

	private RegistryForms() {
	}

	static ServicePattern pattern(String publisher, String name) {
		try {
			return new ServicePattern(publisher, name);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex.getMessage());
		}
	}

	static Set<ServiceName> services(List<String> texts) {
		Set<ServiceName> services = new HashSet<>();
		for (String text : texts) {
			services.add(service(text));
		}
		return services;
	}

	static ServiceName service(String text) {
		int slash = text.indexOf('/');
		if (slash < 0) {
			throw invalid("A service is named publisher/name");
		}
		try {
			return new ServiceName(text.substring(0, slash), text.substring(slash + 1));
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex.getMessage());
		}
	}

	static Endpoint.Tcp address(String host, int port) {
		try {
			if (port > 0) {
				return new Endpoint.Tcp(host, port);
			}
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex.getMessage());
		}
		throw invalid("A node has a port from 1 to %s, not %s".formatted(Endpoint.Tcp.MAX_PORT, port));
	}

	static Instance instance(String provider, long incarnation) {
		try {
			return new Instance(new ProviderId(provider), incarnation);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(ex.getMessage());
		}
	}

	static AdaptiveException invalid(@Nullable String reason) {
		return new AdaptiveException(ErrorCode.INVALID_ARGUMENT, String.valueOf(reason));
	}

	static List<NodeServices> nodes(List<Registration> registrations) {
		return registrations.stream().map(RegistryForms::node).toList();
	}

	private static NodeServices node(Registration node) {
		List<String> services = new ArrayList<>(node.services().size());
		node.services().forEach((service) -> services.add(service.toString()));
		return new NodeServices(node.instance().provider().value(), node.instance().incarnation(), node.epoch(),
				node.addresses().stream().map(RegistryForms::contact).toList(), services);
	}

	private static NodeContact contact(NodeAddress address) {
		Instance relay = address.relay();
		return (relay != null)
				? new NodeContact(address.host(), address.port(), relay.provider().value(), relay.incarnation())
				: new NodeContact(address.host(), address.port(), "", 0);
	}

	/**
	 * Converts an address.
	 * @param registryHost the host under which the receiver reaches the registry
	 */
	static Endpoint endpoint(NodeContact contact, String registryHost) {
		Endpoint.Tcp address = address(contact.host().equals(NodeAddress.REGISTRY_HOST) ? registryHost : contact.host(),
				contact.port());
		return contact.relayProvider().isEmpty() ? address
				: new Endpoint.Relayed(address, instance(contact.relayProvider(), contact.relayIncarnation()));
	}

}
