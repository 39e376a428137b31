package io.adaptive.boot.autoconfigure.actuate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The response of {@code /actuator/adaptiveservices}.
 *
 * @param services the discovered services, each instance once
 */
record ServicesDescription(Excerpt<Row> services) implements OperationResponseBody {

	static ServicesDescription of(Collection<ServiceInstance> instances) {
		Map<Key, Seen> seen = new LinkedHashMap<>();
		instances.forEach((each) -> seen.computeIfAbsent(new Key(each.service(), each.instance()), (key) -> new Seen())
			.add(each));
		List<Row> rows = new ArrayList<>();
		seen.forEach((key, value) -> rows.add(value.toRow(key)));
		rows.sort(Comparator.comparing(Row::publisher)
			.thenComparing(Row::name)
			.thenComparing(Row::provider)
			.thenComparing(Row::incarnation));
		return new ServicesDescription(Excerpt.of(rows, Function.identity()));
	}

	/**
	 * One instance of a service.
	 *
	 * @param publisher the publisher
	 * @param name the service's name
	 * @param provider the provider id of its machine
	 * @param incarnation the incarnation, which distinguishes programs of one machine and
	 * runs of one program
	 * @param process whether it is found in scope PROCESS
	 * @param os whether it is found in scope OS
	 * @param lan whether it is found in scope LAN
	 * @param wan whether it is found in scope WAN
	 * @param addresses the addresses, the nearest first
	 * @param proxied whether it can be reached through reverse proxies only
	 */
	record Row(String publisher, String name, String provider, String incarnation, boolean process, boolean os,
			boolean lan, boolean wan, List<String> addresses, boolean proxied) {
	}

	private record Key(ServiceName service, Instance instance) {
	}

	private record Seen(Set<Scope> scopes, Set<Endpoint> endpoints) {

		Seen() {
			this(EnumSet.noneOf(Scope.class), new LinkedHashSet<>());
		}

		void add(ServiceInstance instance) {
			this.scopes.add(instance.scope());
			this.endpoints.addAll(instance.endpoints());
		}

		Row toRow(Key key) {
			return new Row(key.service.publisher(), key.service.name(), key.instance.provider().value(),
					Long.toHexString(key.instance.incarnation()), this.scopes.contains(Scope.PROCESS),
					this.scopes.contains(Scope.OS), this.scopes.contains(Scope.LAN), this.scopes.contains(Scope.WAN),
					this.endpoints.stream().map(Object::toString).toList(),
					this.endpoints.stream().allMatch(Endpoint.Relayed.class::isInstance));
		}

	}

}
