package io.adaptive.status;

import java.util.Set;

import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;

/**
 * What is looked for.
 *
 * @param pattern which services
 * @param providers on which machines, none for any; an id may hold {@code *} for any
 * characters
 * @param scopes in which scopes, none for all that the node searches
 */
public record ServiceQuery(ServicePattern pattern, Set<ProviderId> providers, Set<Scope> scopes) {

	/**
	 * Copies the providers and the scopes.
	 */
	public ServiceQuery {
		providers = Set.copyOf(providers);
		scopes = Set.copyOf(scopes);
	}

	/**
	 * Looks for one service on any machine.
	 * @param service the service
	 * @return the query
	 */
	public static ServiceQuery of(ServiceName service) {
		return of(ServicePattern.of(service));
	}

	/**
	 * Looks for services on any machine.
	 * @param pattern which services
	 * @return the query
	 */
	public static ServiceQuery of(ServicePattern pattern) {
		return new ServiceQuery(pattern, Set.of(), Set.of());
	}

	/**
	 * Returns whether a service is looked for that comes with the framework.
	 * @return whether the publisher is {@code builtin}
	 */
	public boolean isForBuiltin() {
		return this.pattern.publisher().equals("builtin");
	}

	/**
	 * Returns whether a scope is searched.
	 * @param scope the scope
	 * @return whether it is among those to search
	 */
	public boolean searches(Scope scope) {
		return this.scopes.isEmpty() || this.scopes.contains(scope);
	}

	/**
	 * Returns whether an instance of a service that fits will do.
	 * @param instance the instance
	 * @return whether it is on one of the machines
	 */
	public boolean accepts(ServiceInstance instance) {
		return this.providers.isEmpty()
				|| this.providers.stream().anyMatch((id) -> id.matches(instance.instance().provider()));
	}

}
