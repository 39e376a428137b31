package io.adaptive.internal.proxy;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.transport.RelayPort;
import io.adaptive.message.CannotListenException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.status.RelayStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Public ports of a proxy. A node usually has one, and more if several registries direct
 * its clients to this proxy. Safe for use by many threads.
 */
final class PublicPorts implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(PublicPorts.class);

	private static final int MAX_OF_A_NODE = 4;

	private final ReverseProxySettings settings;

	private final BiFunction<Instance, Integer, RelayPort> bind;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Owner, Held> ports = new HashMap<>();

	private long refusedProviders;

	private long refusedConnections;

	/** Number of bytes of closed ports. */
	private long bytes;

	private boolean full;

	private boolean closed;

	/**
	 * Creates an empty set.
	 * @param settings the settings of the proxy
	 * @param bind binds a port for a node, 0 for a free one
	 */
	PublicPorts(ReverseProxySettings settings, BiFunction<Instance, Integer, RelayPort> bind) {
		this.settings = settings;
		this.bind = bind;
	}

	/**
	 * Opens the port of a node. A second request of the same relay from the same address
	 * means that the node has lost its connection before this side noticed it; the
	 * earlier port is closed.
	 * @param owner the owner of the port
	 * @param from the source address of the node
	 * @return the port
	 * @throws io.adaptive.message.AdaptiveException if the limits do not allow it, no
	 * port is free, or the relay has a port for another address
	 */
	RelayPort open(Owner owner, @Nullable InetAddress from) {
		Instance provider = owner.provider;
		this.lock.lock();
		try {
			if (this.closed) {
				throw ReverseProxy.refused(ErrorCode.UNAVAILABLE, "The proxy is closing");
			}
			Held before = this.ports.get(owner);
			if (before != null && !Objects.equals(before.from, from)) {
				this.refusedProviders++;
				throw ReverseProxy.refused(ErrorCode.ALREADY_EXISTS,
						"%s has a public port, which it asked for from another address".formatted(provider));
			}
			if (before != null) {
				forget(before.port);
			}
			checkRoom(provider);
			RelayPort port = bindOne(provider);
			this.ports.put(owner, new Held(port, from));
			return port;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void checkRoom(Instance provider) {
		if (this.ports.keySet().stream().filter((owner) -> owner.provider.equals(provider)).count() >= MAX_OF_A_NODE) {
			this.refusedProviders++;
			throw ReverseProxy.refused(ErrorCode.RESOURCE_EXHAUSTED,
					"%s has %s public ports, the limit".formatted(provider, MAX_OF_A_NODE));
		}
		if (this.ports.size() < this.settings.providers()) {
			this.full = false;
			return;
		}
		this.refusedProviders++;
		if (!this.full) {
			this.full = true;
			logger.warn("reverse proxy full provider={} limit={} refusedSoFar={}", provider, this.settings.providers(),
					this.refusedProviders);
		}
		throw ReverseProxy.refused(ErrorCode.RESOURCE_EXHAUSTED,
				"The proxy has given out %s public ports, the limit".formatted(this.settings.providers()));
	}

	/**
	 * Tries the ports one after the other from a random start, since other programs use
	 * some of them, too.
	 */
	private RelayPort bindOne(Instance provider) {
		int count = this.settings.portCount();
		int start = ThreadLocalRandom.current().nextInt(count);
		CannotListenException last = null;
		for (int i = 0; i < count; i++) {
			try {
				return this.bind.apply(provider, this.settings.firstPort() + (start + i) % count);
			}
			catch (CannotListenException ex) {
				last = ex;
			}
		}
		throw ReverseProxy.refused(ErrorCode.RESOURCE_EXHAUSTED,
				"None of the %s public ports is free: %s".formatted(count, (last != null) ? last.getMessage() : ""));
	}

	/**
	 * Closes a port, whose place is free then.
	 */
	void forget(RelayPort port) {
		this.lock.lock();
		try {
			port.close();
			if (this.ports.values().removeIf((held) -> held.port == port)) {
				this.refusedConnections += port.refused();
				this.bytes += port.bytes();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	long bytes() {
		this.lock.lock();
		try {
			return this.bytes + this.ports.values().stream().mapToLong((held) -> held.port.bytes()).sum();
		}
		finally {
			this.lock.unlock();
		}
	}

	RelayStatistics statistics() {
		this.lock.lock();
		try {
			int connections = 0;
			long refused = this.refusedConnections;
			for (Held held : this.ports.values()) {
				connections += held.port.connections();
				refused += held.port.refused();
			}
			return new RelayStatistics(this.ports.size(), connections, this.refusedProviders, refused);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.ports.values().forEach((held) -> held.port.close());
			this.ports.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Owner of a port.
	 *
	 * @param provider the node
	 * @param relay the number of the relay at the node
	 */
	record Owner(Instance provider, long relay) {
	}

	private record Held(RelayPort port, @Nullable InetAddress from) {
	}

}
