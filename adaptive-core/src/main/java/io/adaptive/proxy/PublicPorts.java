package io.adaptive.proxy;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

import io.adaptive.message.CannotListenException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.transport.RelayPort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public ports of a proxy, one for each node behind it. Safe for use by many threads.
 */
final class PublicPorts implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PublicPorts.class);

	private final ReverseProxySettings settings;

	private final BiFunction<Instance, Integer, RelayPort> bind;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Instance, Held> ports = new HashMap<>();

	private long refusedProviders;

	private long refusedConnections;

	private boolean full;

	private boolean closed;

	/**
	 * Makes an empty set.
	 * @param bind binds a port for a node, 0 for a free one
	 */
	PublicPorts(ReverseProxySettings settings, BiFunction<Instance, Integer, RelayPort> bind) {
		this.settings = settings;
		this.bind = bind;
	}

	/**
	 * Opens the port of a node. One that asks again, from the same address, has lost its
	 * first connection sooner than this side; the port of that is closed.
	 * @param from where the node speaks from
	 */
	RelayPort open(Instance provider, @Nullable InetAddress from) {
		this.lock.lock();
		try {
			if (this.closed) {
				throw ReverseProxy.refused(ErrorCode.UNAVAILABLE, "The proxy is closing");
			}
			Held before = this.ports.get(provider);
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
			this.ports.put(provider, new Held(port, from));
			return port;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void checkRoom(Instance provider) {
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
				"The proxy has public ports for %d nodes, the limit".formatted(this.settings.providers()));
	}

	/**
	 * Tries the ports one after the other, beginning anywhere, since others use some of
	 * them too.
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
				"None of the %d public ports is free: %s".formatted(count, (last != null) ? last.getMessage() : ""));
	}

	/**
	 * Closes a port, whose place is free then.
	 */
	void forget(RelayPort port) {
		this.lock.lock();
		try {
			port.close();
			Held held = this.ports.get(port.provider());
			if (held != null && held.port == port) {
				this.ports.remove(port.provider());
				this.refusedConnections += port.refused();
			}
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

	private record Held(RelayPort port, @Nullable InetAddress from) {
	}

}
