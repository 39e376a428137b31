package io.adaptive.gshell.daemon;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ServiceInstance;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Connections of the daemon for calls, one to each process of a group. A connection is
 * kept until the process is no longer published, and replaced when it is lost.
 * Thread-safe.
 */
final class GroupConnections implements AutoCloseable {

	private final AdaptiveClient client;

	private final Map<ServiceInstance, Kept> kept = new ConcurrentHashMap<>();

	GroupConnections(AdaptiveClient client) {
		this.client = client;
	}

	/**
	 * The connection to a group, which the caller must not close. Blocks while the
	 * connection is made.
	 * @throws AdaptiveException if the group cannot be reached
	 */
	Connection to(RunningGroup group) {
		return this.kept.computeIfAbsent(group.instance(), Kept::new).open(this.client);
	}

	/**
	 * Closes the connections to all other groups.
	 */
	void retain(Collection<RunningGroup> published) {
		Set<ServiceInstance> living = published.stream().map(RunningGroup::instance).collect(Collectors.toSet());
		this.kept.keySet().stream().filter((each) -> !living.contains(each)).forEach(this::drop);
	}

	private void drop(ServiceInstance instance) {
		Kept dropped = this.kept.remove(instance);
		if (dropped != null) {
			dropped.close();
		}
	}

	/**
	 * The number of connections that are open.
	 */
	int open() {
		return (int) this.kept.values().stream().filter(Kept::isOpen).count();
	}

	@Override
	public void close() {
		this.kept.keySet().forEach(this::drop);
	}

	/**
	 * The connection to one process.
	 */
	private static final class Kept {

		private final ServiceInstance instance;

		private volatile @Nullable Connection connection;

		private volatile boolean closed;

		Kept(ServiceInstance instance) {
			this.instance = instance;
		}

		boolean isOpen() {
			Connection current = this.connection;
			return current != null && current.isOpen();
		}

		synchronized Connection open(AdaptiveClient client) {
			Connection current = this.connection;
			if (current == null || !current.isOpen()) {
				if (current != null) {
					current.close();
				}
				current = client.connect(this.instance);
				this.connection = current;
				if (this.closed) {
					current.close();
				}
			}
			return current;
		}

		void close() {
			this.closed = true;
			Connection current = this.connection;
			if (current != null) {
				current.close();
			}
		}

	}

}
