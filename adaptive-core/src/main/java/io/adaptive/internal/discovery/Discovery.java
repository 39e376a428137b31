package io.adaptive.internal.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.spi.Lookup;
import io.adaptive.status.SearchStatus;
import io.adaptive.status.ServiceQuery;
import org.jspecify.annotations.Nullable;

/**
 * Discovery of services in all scopes, nearest first. Safe for use by many threads.
 */
public final class Discovery {

	/** Limit of the wait for the answers of the scopes. */
	private static final long REFRESH_SECONDS = 2;

	private final List<Lookup> lookups;

	private final DiscoveryClock clock;

	private final boolean anyScope;

	private final WaitingSearches waiting = new WaitingSearches();

	private final LookupCounters counters = new LookupCounters();

	private final SilentInstances silent;

	/**
	 * Creates the discovery.
	 * @param lookups the scopes, nearest first
	 */
	public Discovery(List<Lookup> lookups) {
		this(lookups, DiscoveryClock.SYSTEM, false);
	}

	/**
	 * Creates the discovery, with a clock of its own.
	 * @param lookups the scopes, nearest first
	 * @param clock the clock of the waits
	 * @param anyScope whether all scopes are searched, even those that a query excludes
	 */
	public Discovery(List<Lookup> lookups, DiscoveryClock clock, boolean anyScope) {
		this.lookups = List.copyOf(lookups);
		this.clock = clock;
		this.anyScope = anyScope;
		this.silent = new SilentInstances(clock);
	}

	/**
	 * Returns the counters of the lookups.
	 * @return the counters
	 */
	public LookupCounters counters() {
		return this.counters;
	}

	/**
	 * Returns the clock of the waits.
	 * @return the clock
	 */
	public DiscoveryClock clock() {
		return this.clock;
	}

	/**
	 * Finds instances that the caller can use, and waits until there are some.
	 * @param <T> the result of the attempt
	 * @param query the query
	 * @param timeout the maximum wait for an instance, zero to query the networks once,
	 * {@code null} for no limit
	 * @param stop ends the wait when it completes
	 * @param attempt tries the found instances
	 * @return the result of the attempt
	 * @throws io.adaptive.message.ServiceNotFoundException if none appeared in time
	 * @throws IllegalStateException if there is no scope to search
	 * @throws io.adaptive.message.AdaptiveException with code {@code CANCELLED} if the
	 * wait was stopped
	 */
	public <T> T find(ServiceQuery query, @Nullable Duration timeout, CompletableFuture<?> stop, Attempt<T> attempt) {
		return find(query, null, timeout, stop, attempt);
	}

	/**
	 * Finds instances like the other method, with a purpose that {@link #searches()}
	 * shows.
	 * @param <T> the result of the attempt
	 * @param query the query
	 * @param purpose a description of the caller, {@code null} for none
	 * @param timeout the maximum wait for an instance, zero to query the networks once,
	 * {@code null} for no limit
	 * @param stop ends the wait when it completes
	 * @param attempt tries the found instances
	 * @return the result of the attempt
	 */
	public <T> T find(ServiceQuery query, @Nullable String purpose, @Nullable Duration timeout,
			CompletableFuture<?> stop, Attempt<T> attempt) {
		checkScopes(query);
		return new Search<>(this, query, purpose, timeout, attempt).run(stop);
	}

	/**
	 * Returns the waiting searches and their state.
	 * @return the searches of this moment, in no order
	 */
	public List<SearchStatus> searches() {
		return this.waiting.status();
	}

	WaitingSearches waiting() {
		return this.waiting;
	}

	/**
	 * Reports an unusable instance to its scope and to the searches that wait for it.
	 * @param instance the instance
	 * @param reason the reason
	 */
	public void unreachable(ServiceInstance instance, String reason) {
		unreachable(instance);
		this.waiting.passedOver(instance, reason);
	}

	/**
	 * Records that an instance did not answer, so that others are preferred for some
	 * seconds.
	 * @param instance the instance
	 */
	public void silent(Instance instance) {
		this.silent.add(instance);
	}

	/**
	 * Records that an instance has answered.
	 * @param instance the instance
	 */
	public void answered(Instance instance) {
		this.silent.remove(instance);
	}

	/**
	 * Returns whether an instance did not answer a short time ago.
	 * @param instance the instance
	 * @return whether other instances are to be tried first
	 */
	public boolean isSilent(Instance instance) {
		return this.silent.contains(instance);
	}

	/**
	 * Returns whether there is a scope for a query.
	 * @param query the query
	 * @return whether this node searches one of its scopes
	 */
	public boolean searches(ServiceQuery query) {
		return lookups(query).findAny().isPresent();
	}

	private void checkScopes(ServiceQuery query) {
		if (this.lookups.isEmpty()) {
			throw new IllegalStateException(
					"Service %s cannot be found, this node searches no scope; connect to its address"
						.formatted(query.pattern()));
		}
		if (!searches(query)) {
			throw new IllegalStateException(
					"Service %s is wanted in scope %s only, but this node searches %s; turn that scope on, or look in another"
						.formatted(query.pattern(), query.scopes(), scopes()));
		}
	}

	private Stream<Lookup> lookups(ServiceQuery query) {
		return this.lookups.stream().filter((lookup) -> this.anyScope || query.searches(lookup.scope()));
	}

	/**
	 * Returns the currently known instances, nearest first. An instance that is found in
	 * two scopes is returned once, from the nearer one.
	 * @param query the query
	 * @return the instances
	 * @throws AdaptiveException if a scope cannot be searched at the moment, and there
	 * are none in the others
	 */
	public List<ServiceInstance> known(ServiceQuery query) {
		return List.copyOf(byInstance(inEachScope(query)).values());
	}

	/**
	 * Returns all currently known instances. A scope that cannot be searched is an error,
	 * since its instances would be taken for gone.
	 */
	Map<Key, ServiceInstance> all(ServiceQuery query) {
		return byInstance(lookups(query).flatMap((lookup) -> find(lookup, query)).toList());
	}

	private static Map<Key, ServiceInstance> byInstance(List<ServiceInstance> instances) {
		Map<Key, ServiceInstance> found = new LinkedHashMap<>();
		instances.forEach((each) -> found.putIfAbsent(new Key(each.service(), each.instance()), each));
		return found;
	}

	private static Stream<ServiceInstance> find(Lookup lookup, ServiceQuery query) {
		return lookup.find(query.pattern()).stream().filter(query::accepts);
	}

	/**
	 * Returns an instance with its latest addresses.
	 * @param found the instance as it was found some time ago
	 * @return the instance, unchanged if it is no longer known
	 */
	public ServiceInstance current(ServiceInstance found) {
		return inEachScope(new ServiceQuery(ServicePattern.of(found.service()), Set.of(), Set.of(found.scope())))
			.stream()
			.filter((each) -> each.scope() == found.scope() && each.instance().equals(found.instance()))
			.findFirst()
			.orElse(found);
	}

	/**
	 * Returns the currently known instances in each scope.
	 * @param query the query
	 * @return the instances, nearest first; one that is found in two scopes is returned
	 * twice
	 * @throws AdaptiveException if a scope cannot be searched at the moment, and there
	 * are none in the others
	 */
	public List<ServiceInstance> inEachScope(ServiceQuery query) {
		List<ServiceInstance> found = new ArrayList<>();
		AdaptiveException failure = null;
		for (Lookup lookup : lookups(query).toList()) {
			try {
				find(lookup, query).forEach(found::add);
			}
			catch (AdaptiveException ex) {
				failure = (failure != null) ? failure : ex;
			}
		}
		if (failure != null && found.isEmpty()) {
			throw failure;
		}
		return List.copyOf(found);
	}

	/**
	 * Queries the networks once and waits for their answers, two seconds at most.
	 * @param query the query
	 */
	public void refresh(ServiceQuery query) {
		refresh(query, new CompletableFuture<>());
	}

	/**
	 * Queries the networks once and waits for their answers, two seconds at most.
	 * @param query the query
	 * @param stop ends the wait when it completes
	 */
	public void refresh(ServiceQuery query, CompletableFuture<?> stop) {
		CompletableFuture<?> answered = CompletableFuture
			.allOf(lookups(query).map((lookup) -> lookup.refresh(query.pattern())).toArray(CompletableFuture<?>[]::new))
			.completeOnTimeout(null, REFRESH_SECONDS, TimeUnit.SECONDS);
		CompletableFuture.anyOf(answered, stop).join();
	}

	/**
	 * Watches the instances that match a query.
	 * @param query the query
	 * @param stop ends the watch when it completes
	 * @return the watch, to be closed by the caller
	 * @throws IllegalStateException if there is no scope to search
	 */
	public InstanceWatch watch(ServiceQuery query, CompletableFuture<?> stop) {
		checkScopes(query);
		return new InstanceWatch(this, query, stop);
	}

	/**
	 * Reports an instance that could not be reached, or was lost, to its scope.
	 * @param instance the instance
	 */
	public void unreachable(ServiceInstance instance) {
		this.lookups.stream()
			.filter((lookup) -> lookup.scope() == instance.scope())
			.forEach((lookup) -> lookup.unreachable(instance));
	}

	/**
	 * Returns the joined scopes.
	 * @return the scopes, nearest first
	 */
	public List<Scope> scopes() {
		return this.lookups.stream().filter(Lookup::isJoined).map(Lookup::scope).toList();
	}

	List<Scope> scopes(ServiceQuery query) {
		List<Scope> joined = lookups(query).filter(Lookup::isJoined).map(Lookup::scope).toList();
		return joined.isEmpty() ? lookups(query).map(Lookup::scope).toList() : joined;
	}

	Lookup.Watch onChange(ServiceQuery query, Runnable changed) {
		List<Lookup.Watch> watches = lookups(query).map((lookup) -> lookup.watch(query.pattern(), changed)).toList();
		return () -> watches.forEach(Lookup.Watch::close);
	}

	record Key(ServiceName service, Instance instance) {
	}

	/**
	 * Attempt to use found instances.
	 *
	 * @param <T> the result
	 */
	@FunctionalInterface
	public interface Attempt<T> {

		/**
		 * Tries instances.
		 * @param instances the currently known instances, nearest first, at least one
		 * @param timeLeft the time limit, {@code null} for none
		 * @return the result, empty to wait for other instances
		 */
		Optional<T> on(List<ServiceInstance> instances, @Nullable Duration timeLeft);

	}

}
