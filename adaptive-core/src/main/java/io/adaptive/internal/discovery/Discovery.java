package io.adaptive.internal.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
 * Searches the scopes, nearest first. Safe for use by many threads.
 */
public final class Discovery {

	/** No scope takes longer for an answer. */
	private static final long REFRESH_SECONDS = 2;

	private static final int MAX_MISSED = 1_000;

	private final List<Lookup> lookups;

	private final DiscoveryClock clock;

	private final boolean anyScope;

	/** Those that wait. */
	private final Collection<Search<?>> searches = ConcurrentHashMap.newKeySet();

	/** What was waited for and has not been found since. */
	private final Set<ServiceQuery> missed = ConcurrentHashMap.newKeySet();

	private final LookupCounters counters = new LookupCounters();

	private final SilentInstances silent;

	/**
	 * Makes the search.
	 * @param lookups the scopes, nearest first
	 */
	public Discovery(List<Lookup> lookups) {
		this(lookups, DiscoveryClock.SYSTEM, false);
	}

	/**
	 * Makes the search, with a clock of its own.
	 * @param lookups the scopes, nearest first
	 * @param clock by what time those who search wait
	 * @param anyScope whether all are searched, in whatever scope a service is wanted
	 */
	public Discovery(List<Lookup> lookups, DiscoveryClock clock, boolean anyScope) {
		this.lookups = List.copyOf(lookups);
		this.clock = clock;
		this.anyScope = anyScope;
		this.silent = new SilentInstances(clock);
	}

	/**
	 * Returns what counts the lookups.
	 * @return the numbers
	 */
	public LookupCounters counters() {
		return this.counters;
	}

	/**
	 * Returns by what time those who search wait.
	 * @return the clock
	 */
	public DiscoveryClock clock() {
		return this.clock;
	}

	/**
	 * Finds instances that the caller can use, and waits until there are some.
	 * @param <T> what the caller makes of them
	 * @param query what is looked for
	 * @param timeout how long to wait, zero to only look, {@code null} for ever
	 * @param stop ends the wait when it completes
	 * @param attempt tries what was found
	 * @return what the attempt made
	 * @throws io.adaptive.message.ServiceNotFoundException if none appeared in time
	 * @throws IllegalStateException if there is no scope to search
	 * @throws io.adaptive.message.AdaptiveException with code {@code CANCELLED} if the
	 * wait was stopped
	 */
	public <T> T find(ServiceQuery query, @Nullable Duration timeout, CompletableFuture<?> stop, Attempt<T> attempt) {
		return find(query, null, timeout, stop, attempt);
	}

	/**
	 * Does as the other, and tells who reads {@link #searches()} for whom.
	 * @param <T> what the caller makes of them
	 * @param query what is looked for
	 * @param purpose for whom, in words, {@code null} for nobody in particular
	 * @param timeout how long to wait, zero to only look, {@code null} for ever
	 * @param stop ends the wait when it completes
	 * @param attempt tries what was found
	 * @return what the attempt made
	 */
	public <T> T find(ServiceQuery query, @Nullable String purpose, @Nullable Duration timeout,
			CompletableFuture<?> stop, Attempt<T> attempt) {
		checkScopes(query);
		return new Search<>(this, query, purpose, timeout, attempt).run(stop);
	}

	/**
	 * Tells which searches wait, and why.
	 * @return the searches of this moment, in no order
	 */
	public List<SearchStatus> searches() {
		return this.searches.stream().<SearchStatus>map(Search::status).toList();
	}

	/**
	 * Something is waited for, as it may be by each of many calls.
	 * @return whether it was not before
	 */
	boolean beginsToMiss(ServiceQuery query) {
		if (this.missed.size() >= MAX_MISSED) {
			this.missed.clear();
		}
		return this.missed.add(query);
	}

	void found(ServiceQuery query) {
		if (!this.missed.isEmpty()) {
			this.missed.remove(query);
		}
	}

	void waits(Search<?> search) {
		this.searches.add(search);
	}

	void waitsNoLonger(Search<?> search) {
		this.searches.remove(search);
	}

	/**
	 * Tells the scope in which an instance was found, and those who wait for it, that it
	 * could not be used.
	 * @param instance the instance
	 * @param reason why
	 */
	public void unreachable(ServiceInstance instance, String reason) {
		unreachable(instance);
		this.searches.forEach((search) -> search.passedOver(instance, reason));
	}

	/**
	 * Tells that an instance did not answer: for some seconds others are better.
	 * @param instance the instance
	 */
	public void silent(Instance instance) {
		this.silent.add(instance);
	}

	/**
	 * Tells that an instance has answered.
	 * @param instance the instance
	 */
	public void answered(Instance instance) {
		this.silent.remove(instance);
	}

	/**
	 * Tells whether an instance did not answer a short time ago.
	 * @param instance the instance
	 * @return whether others are to be tried first
	 */
	public boolean isSilent(Instance instance) {
		return this.silent.contains(instance);
	}

	/**
	 * Tells whether there is a scope in which something is looked for.
	 * @param query what is looked for
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
	 * Returns the instances that are known now, nearest first. An instance that is found
	 * in two scopes is returned once, as it was found in the nearer one.
	 * @param query what is looked for
	 * @return the instances
	 */
	public List<ServiceInstance> known(ServiceQuery query) {
		return List.copyOf(byInstance(inEachScope(query)).values());
	}

	/**
	 * Returns all instances that are known now. A scope that cannot be searched is an
	 * error, or its instances would be taken for gone.
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
	 * Returns an instance as it is known now, by its latest addresses.
	 * @param found the instance as it was found some time ago
	 * @return the instance, as it was found if it is not known any more
	 */
	public ServiceInstance current(ServiceInstance found) {
		return inEachScope(new ServiceQuery(ServicePattern.of(found.service()), Set.of(), Set.of(found.scope())))
			.stream()
			.filter((each) -> each.scope() == found.scope() && each.instance().equals(found.instance()))
			.findFirst()
			.orElse(found);
	}

	/**
	 * Returns the instances that are known now, in every scope in which they are.
	 * @param query what is looked for
	 * @return the instances, nearest first
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
	 * Asks the networks once and waits for their answers, two seconds at most.
	 * @param query what is looked for
	 */
	public void refresh(ServiceQuery query) {
		refresh(query, new CompletableFuture<>());
	}

	/**
	 * Asks the networks once and waits for their answers, two seconds at most.
	 * @param query what is looked for
	 * @param stop ends the wait when it completes
	 */
	public void refresh(ServiceQuery query, CompletableFuture<?> stop) {
		CompletableFuture<?> answered = CompletableFuture
			.allOf(lookups(query).map((lookup) -> lookup.refresh(query.pattern())).toArray(CompletableFuture<?>[]::new))
			.completeOnTimeout(null, REFRESH_SECONDS, TimeUnit.SECONDS);
		CompletableFuture.anyOf(answered, stop).join();
	}

	/**
	 * Watches what instances there are.
	 * @param query which
	 * @param stop ends the watch when it completes
	 * @return the watch, to be closed by the caller
	 * @throws IllegalStateException if there is no scope to search
	 */
	public InstanceWatch watch(ServiceQuery query, CompletableFuture<?> stop) {
		checkScopes(query);
		return new InstanceWatch(this, query, stop);
	}

	/**
	 * Tells the scope in which an instance was found that it could not be reached, or was
	 * lost.
	 * @param instance the instance
	 */
	public void unreachable(ServiceInstance instance) {
		this.lookups.stream()
			.filter((lookup) -> lookup.scope() == instance.scope())
			.forEach((lookup) -> lookup.unreachable(instance));
	}

	/**
	 * Returns where this searches.
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
	 * Tries to use what was found.
	 *
	 * @param <T> what is made of it
	 */
	@FunctionalInterface
	public interface Attempt<T> {

		/**
		 * Tries instances.
		 * @param instances what is known now, nearest first, at least one
		 * @param timeLeft how long this may take, {@code null} for no limit
		 * @return what was made of them, empty to wait for others
		 */
		Optional<T> on(List<ServiceInstance> instances, @Nullable Duration timeLeft);

	}

}
