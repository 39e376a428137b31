package io.adaptive.boot.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.server.AnnotatedServices;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The services of an application context. They are read before any bean starts, so that
 * an invalid declaration fails the start at once.
 */
final class DeclaredServices implements SmartInitializingSingleton {

	private final AnnotatedServices annotatedServices;

	private final Set<Scope> scopes;

	private final boolean anyScope;

	private final UnaryOperator<Service> overrides;

	private List<Service> services = List.of();

	/**
	 * Prepares to read the services.
	 * @param annotatedServices reads them
	 * @param scopes the scopes of the application's node
	 * @param anyScope whether these stand for all others
	 * @param overrides what the properties say about a service
	 */
	DeclaredServices(AnnotatedServices annotatedServices, Collection<Scope> scopes, boolean anyScope,
			UnaryOperator<Service> overrides) {
		this.overrides = overrides;
		this.annotatedServices = annotatedServices;
		this.scopes = Set.copyOf(scopes);
		this.anyScope = anyScope;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.services = this.annotatedServices.read(this.scopes).stream().map(this.overrides).toList();
		this.services.forEach(this::checkScopes);
	}

	/**
	 * Checks that a service has at least one scope of the application. Its other scopes
	 * are ignored.
	 */
	private void checkScopes(Service service) {
		if (isLimited(service) && Collections.disjoint(service.scopes(), this.scopes)) {
			throw new InvalidDeclarationException(
					"Service %s is for scopes %s, of which this application has none: it has %s"
						.formatted(service.name(), service.scopes(), EnumSet.copyOf(this.scopes)),
					"Add one of them to adaptive.scopes, or to its @AdaptiveService one that the application has");
		}
	}

	private boolean isLimited(Service service) {
		return !this.anyScope && !service.scopes().isEmpty();
	}

	/**
	 * Returns the names of the services that are visible to other programs.
	 */
	List<String> forOthers() {
		return in(EnumSet.complementOf(EnumSet.of(Scope.PROCESS))).stream()
			.map((service) -> service.name().toString())
			.toList();
	}

	/**
	 * Returns the services to be published in some of the scopes of the application,
	 * restricted to these.
	 */
	List<Service> in(Set<Scope> some) {
		List<Service> chosen = new ArrayList<>();
		for (Service service : this.services) {
			Set<Scope> allowed = EnumSet.noneOf(Scope.class);
			allowed.addAll(isLimited(service) ? service.scopes() : this.scopes);
			allowed.retainAll(this.scopes);
			allowed.retainAll(some);
			if (!allowed.isEmpty()) {
				chosen.add(service.scopes(allowed.toArray(Scope[]::new)));
			}
		}
		return chosen;
	}

}
