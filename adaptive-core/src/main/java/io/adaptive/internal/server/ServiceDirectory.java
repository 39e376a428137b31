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
 * Services of one node, by scope. Routes each new link to the service that it requests.
 */
public final class ServiceDirectory implements LinkAcceptor {

	private final Map<Key, ActivePublication> publications = new ConcurrentHashMap<>();

	/** Scopes in which services of the user were ever published. */
	private final Set<Scope> reach = ConcurrentHashMap.newKeySet();

	/**
	 * Whether services were withdrawn by their node or by an operator, and not by closing
	 * their publication.
	 */
	private volatile boolean takenBack;

	private volatile boolean closed;

	void add(ServiceName service, Scope scope, ActivePublication publication) {
		if (this.publications.putIfAbsent(new Key(service, scope), publication) != null) {
			throw new ServiceAlreadyPublishedException(service, "by this program in scope " + scope);
		}
		if (!service.isBuiltin()) {
			this.reach.add(scope);
		}
		// Checked after the publication was added, since the publications are withdrawn
		// after the flag is set.
		if (this.closed) {
			remove(service, scope, publication);
			throw new IllegalStateException("Service %s cannot be published, its node is closed".formatted(service));
		}
	}

	/**
	 * Withdraws a service in all scopes together.
	 * @param service the service
	 * @param workers the node's workers; the caller does not wait if it runs one of their
	 * callbacks
	 * @return the result of the withdrawal, or its present state if the caller must not
	 * wait; empty if the service is not published
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
	 * Records that a service is withdrawn by its node or by an operator.
	 */
	void takenBack(ServiceName service) {
		if (!service.isBuiltin()) {
			this.takenBack = true;
		}
	}

	/**
	 * Returns whether services of this node were withdrawn, by an operator or because the
	 * node leaves, and none of interest is left: none in the scopes beyond PROCESS in
	 * which there were some, or none at all if there were only services in PROCESS.
	 * Built-in services do not count. A program that closes its own {@link Publication}
	 * does not put the node out of service.
	 * @return whether the node is out of service
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
	 * Refuses new services; the present ones may still leave.
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
			// A client that connects to an address does not determine the scope.
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
