package io.adaptive.internal.registry;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;

/**
 * Nodes and services for the tests of this room.
 */
final class Registered {

	private Registered() {
	}

	static Instance instance(int number) {
		return new Instance(new ProviderId("host-" + number), number);
	}

	static List<NodeAddress> at(int port) {
		return List.of(new NodeAddress("10.0.0.1", port, null, true));
	}

	static Set<ServiceName> services(String... names) {
		return Stream.of(names).map((name) -> new ServiceName("test", name)).collect(Collectors.toSet());
	}

	static ServicePattern pattern(String name) {
		return new ServicePattern("test", name);
	}

	static Registration registration(int number, long epoch, String... services) {
		return new Registration(instance(number), epoch, at(7000 + number), services(services));
	}

}
