package io.adaptive.status;

import java.util.Set;

import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;

/**
 * A query for services.
 *
 * @param pattern the pattern of the services
 * @param providers the ids of the machines, in which {@code *} matches any characters;
 * empty for all machines
 * @param scopes the scopes to search; empty for all scopes that the node searches
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
	 * Returns a query for one service on any machine.
	 * @param service the service
	 * @return the query
	 */
	public static ServiceQuery of(ServiceName service) {
		return of(ServicePattern.of(service));
	}

	/**
	 * Returns a query for services on any machine.
	 * @param pattern the pattern of the services
	 * @return the query
	 */
	public static ServiceQuery of(ServicePattern pattern) {
		return new ServiceQuery(pattern, Set.of(), Set.of());
	}

	/**
	 * Returns whether the query is for a built-in service of the framework.
	 * @return whether the publisher is {@code builtin}
	 */
	public boolean isForBuiltin() {
		return this.pattern.publisher().equals("builtin");
	}

	/**
	 * Returns whether a scope is to be searched.
	 * @param scope the scope
	 * @return {@code true} if the query includes the scope
	 */
	public boolean searches(Scope scope) {
		return this.scopes.isEmpty() || this.scopes.contains(scope);
	}

	/**
	 * Returns whether an instance is on one of the machines of the query. The service
	 * name is not checked.
	 * @param instance the instance
	 * @return {@code true} if its provider id matches
	 */
	public boolean accepts(ServiceInstance instance) {
		return this.providers.isEmpty()
				|| this.providers.stream().anyMatch((id) -> id.matches(instance.instance().provider()));
	}

}
