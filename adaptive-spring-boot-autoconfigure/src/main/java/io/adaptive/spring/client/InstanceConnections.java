package io.adaptive.spring.client;

import java.util.AbstractList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.ConnectionListener;
import io.adaptive.client.Watch;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import reactor.core.publisher.Flux;

/**
 * The connections to the instances of some services, one per instance. An instance that
 * is gone is removed from the list, and its connection stays open until it ends by
 * itself, so that open streams can be finished. Thread-safe.
 */
final class InstanceConnections implements AutoCloseable {

	private final AdaptiveClient client;

	private final ServicePattern services;

	private final List<ServiceInstance> known = new CopyOnWriteArrayList<>();

	/** Keyed by instance, because its addresses can change. */
	private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

	private final Watch watch;

	/** Whether an instance has ever been known. */
	private volatile boolean found;

	InstanceConnections(AdaptiveClient client, ServicePattern services) {
		this.client = client;
		this.services = services;
		this.watch = client.watch(services, this::changed);
	}

	private void changed(ServiceEvent event) {
		ServiceInstance instance = event.instance();
		if (event instanceof ServiceEvent.Appeared) {
			this.found = true;
			this.known.add(instance);
			return;
		}
		this.known.remove(instance);
		forgetIfGone(instance);
	}

	private boolean isKnown(Key key) {
		return this.known.stream().anyMatch((each) -> Key.of(each).equals(key));
	}

	/**
	 * Returns a live view of the connections to the known instances.
	 */
	List<Connection> list() {
		return new LiveList();
	}

	/**
	 * Returns the connections to known and appearing instances, each once.
	 */
	Flux<Connection> flux() {
		return Flux.defer(() -> {
			Set<Connection> told = Collections.newSetFromMap(new IdentityHashMap<>());
			return this.client.changes(this.services).handle((event, sink) -> {
				told.removeIf((each) -> !each.isOpen());
				if (event instanceof ServiceEvent.Gone) {
					forgetIfGone(event.instance());
					return;
				}
				Connection connection = entry(event.instance()).connection;
				if (told.add(connection)) {
					sink.next(connection);
				}
			});
		});
	}

	/**
	 * Returns the connection to an instance that was known before. If the instance has
	 * gone since, no event will remove the connection, so it is closed.
	 */
	Connection connection(ServiceInstance instance) {
		Connection connection = entry(instance).connection;
		forgetIfGone(instance);
		return connection;
	}

	/**
	 * A watch can report an instance before it is known here.
	 */
	private Entry entry(ServiceInstance instance) {
		return this.entries.computeIfAbsent(Key.of(instance), (key) -> new Entry(instance));
	}

	private void forgetIfGone(ServiceInstance instance) {
		Key key = Key.of(instance);
		Entry entry = this.entries.get(key);
		if (entry != null && !entry.linked && !isKnown(key)) {
			this.entries.remove(key, entry);
			entry.connection.closeForAll();
		}
	}

	boolean hasFound() {
		return this.found;
	}

	@Override
	public void close() {
		this.watch.close();
		this.entries.values().forEach((entry) -> entry.connection.closeForAll());
	}

	@Override
	public String toString() {
		return "connections to " + this.services;
	}

	/**
	 * One service of one node.
	 */
	private record Key(ServiceName service, Instance instance) {

		static Key of(ServiceInstance instance) {
			return new Key(instance.service(), instance.instance());
		}

	}

	/**
	 * The connection to one instance.
	 */
	private final class Entry implements ConnectionListener {

		private final ServiceInstance instance;

		private final SharedConnection connection;

		/** Whether streams can be open on the connection. */
		private volatile boolean linked;

		Entry(ServiceInstance instance) {
			this.instance = instance;
			this.connection = new SharedConnection(InstanceConnections.this.client.lazy(instance, this),
					ServicePattern.of(instance.service()));
		}

		@Override
		public void connected(ConnectionInfo connection) {
			this.linked = true;
		}

		@Override
		public void lost(ConnectionInfo connection, ErrorInfo cause) {
			this.linked = false;
			forgetIfGone(this.instance);
		}

	}

	/**
	 * The connections in the order in which the instances appeared. An iterator is a
	 * snapshot. An index can be out of bounds after {@code size()} was called, because
	 * instances can disappear.
	 */
	private final class LiveList extends AbstractList<Connection> {

		private List<Connection> now() {
			return InstanceConnections.this.known.stream().map(InstanceConnections.this::connection).toList();
		}

		@Override
		public Connection get(int index) {
			return connection(InstanceConnections.this.known.get(index));
		}

		@Override
		public int size() {
			return InstanceConnections.this.known.size();
		}

		@Override
		public Iterator<Connection> iterator() {
			return now().iterator();
		}

		@Override
		public ListIterator<Connection> listIterator(int index) {
			return now().listIterator(index);
		}

		@Override
		public Spliterator<Connection> spliterator() {
			return now().spliterator();
		}

		@Override
		public Object[] toArray() {
			return now().toArray();
		}

		@Override
		public boolean equals(Object other) {
			return other == this;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this);
		}

	}

}
