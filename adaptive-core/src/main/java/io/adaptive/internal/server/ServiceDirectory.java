package io.adaptive.internal.server;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceAlreadyPublishedException;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Publication;
import io.adaptive.server.UnpublishResult;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.adaptive.spi.RawReceiver;

/**
 * The services of one node, by scope. Leads each new link to the service it asks for.
 */
public final class ServiceDirectory implements LinkAcceptor {

	private final Map<Key, ActivePublication> publications = new ConcurrentHashMap<>();

	/** Where services of the user ever were. */
	private final Set<Scope> reach = ConcurrentHashMap.newKeySet();

	/** Somebody took services back, instead of their program being done with them. */
	private volatile boolean takenBack;

	private volatile boolean closed;

	void add(ServiceName service, Scope scope, ActivePublication publication) {
		if (this.publications.putIfAbsent(new Key(service, scope), publication) != null) {
			throw new ServiceAlreadyPublishedException(service, "by this program in scope " + scope);
		}
		if (!service.isBuiltin()) {
			this.reach.add(scope);
		}
		// Looked at after adding: whoever closes looks for publications after closing.
		if (this.closed) {
			remove(service, scope, publication);
			throw new IllegalStateException("Service %s cannot be published, its node is closed".formatted(service));
		}
	}

	/**
	 * Takes a service back, in all scopes together.
	 * @param service the service
	 * @param workers the node's workers, for which the calling thread must not wait if it
	 * runs one of their callbacks
	 * @return what became of it or, where the caller must not wait, how it stands; empty
	 * if it is not published
	 */
	public Optional<UnpublishResult> unpublish(ServiceName service, WorkerPool workers) {
		takenBack(service);
		Set<ActivePublication> leaving = this.publications.entrySet()
			.stream()
			.filter((each) -> each.getKey().service.equals(service))
			.map(Map.Entry::getValue)
			.collect(Collectors.toSet());
		new Closing(workers).close(leaving);
		return leaving.stream().map(ActivePublication::withdrawal).reduce(UnpublishResult::and);
	}

	/**
	 * A service is taken back because its node leaves, or by hand.
	 */
	void takenBack(ServiceName service) {
		if (!service.isBuiltin()) {
			this.takenBack = true;
		}
	}

	/**
	 * Tells whether services of this node were taken back, by hand or because it leaves,
	 * and now there is none that anybody looks for: none is left where others saw some,
	 * or none at all if nobody else did. Built-in services do not count, and a program
	 * that closes its own {@link Publication} is merely done with it.
	 * @return whether nothing is offered any more
	 */
	public boolean isOutOfService() {
		Set<Scope> wanted = new HashSet<>(this.reach);
		if (wanted.size() > 1) {
			wanted.remove(Scope.PROCESS);
		}
		boolean offersSome = this.publications.keySet()
			.stream()
			.anyMatch((key) -> !key.service.isBuiltin() && wanted.contains(key.scope));
		return this.takenBack && !wanted.isEmpty() && !offersSome;
	}

	void remove(ServiceName service, Scope scope, ActivePublication publication) {
		this.publications.remove(new Key(service, scope), publication);
	}

	/**
	 * Takes no more services; those that are there may still leave.
	 */
	public void close() {
		this.closed = true;
	}

	@Override
	public Link.Receiver accept(Link link) {
		return wanted(link).accept(link);
	}

	@Override
	public RawReceiver acceptRaw(Link link) {
		return wanted(link).acceptRaw(link);
	}

	private ActivePublication wanted(Link link) {
		Scope scope = link.scope();
		ActivePublication publication = this.publications.get(new Key(link.service(), scope));
		if (publication == null && (scope == Scope.LAN || scope == Scope.WAN)) {
			// A client that was given the address cannot know the scope.
			Scope other = (scope == Scope.WAN) ? Scope.LAN : Scope.WAN;
			publication = this.publications.get(new Key(link.service(), other));
		}
		if (publication == null) {
			throw new ConnectionRefusedException(ErrorCode.NOT_FOUND,
					"service %s is not published here in scope %s".formatted(link.service(), scope));
		}
		return publication;
	}

	private record Key(ServiceName service, Scope scope) {
	}

}
