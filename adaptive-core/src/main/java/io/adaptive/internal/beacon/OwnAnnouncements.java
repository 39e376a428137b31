package io.adaptive.internal.beacon;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * Services that this node announces, whether or not it has joined a local network. For
 * callers that hold the lock of the beacon, except for the listeners.
 */
final class OwnAnnouncements {

	private final List<String> advertised;

	private final Set<ServiceName> services = new LinkedHashSet<>();

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private Endpoint.@Nullable Tcp endpoint;

	OwnAnnouncements(List<String> advertised) {
		this.advertised = List.copyOf(advertised);
	}

	/**
	 * Tells whether a service has been announced, also if it has been withdrawn since.
	 */
	boolean isEmpty() {
		return this.endpoint == null;
	}

	void add(ServiceName service, Endpoint.Tcp reached) {
		this.endpoint = reached;
		this.services.add(service);
	}

	void remove(ServiceName service) {
		this.services.remove(service);
	}

	/**
	 * Lets a protocol that has just been started announce all services.
	 */
	void announceAll(LanProtocol protocol) {
		tellEndpoint(protocol);
		this.services.forEach(protocol::announce);
	}

	void tellEndpoint(LanProtocol protocol) {
		if (this.endpoint != null) {
			protocol.listensAt(this.endpoint, this.advertised);
		}
	}

	void addListener(Runnable changed) {
		this.listeners.add(changed);
	}

	/**
	 * Runs the listeners. For any thread, without the lock.
	 */
	void tell() {
		this.listeners.forEach(Runnable::run);
	}

}
