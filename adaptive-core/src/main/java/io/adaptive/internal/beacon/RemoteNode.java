package io.adaptive.internal.beacon;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * Known state of another node.
 */
final class RemoteNode {

	/**
	 * Maximum number of source addresses: a node has few interfaces on networks that this
	 * node shares.
	 */
	private static final int MAX_SOURCES = 4;

	/**
	 * Expiry of a service that was received over TCP: never while that connection lasts.
	 */
	private static final long CONFIRMED = Long.MAX_VALUE;

	private final Instance instance;

	/** Services of the node with their expiry. */
	final Map<ServiceName, Long> services = new HashMap<>();

	/** Source addresses of the node's datagrams with their expiry. */
	private final Map<String, Long> sources = new LinkedHashMap<>();

	private Datagram.Node description;

	private @Nullable InetSocketAddress lastSource;

	private boolean linkLocal;

	private boolean hearsay;

	private boolean hidden;

	private boolean confirmed;

	private long nonce;

	private long counter;

	private long revision;

	private long until;

	RemoteNode(Datagram.Node description) {
		this.instance = description.instance();
		this.description = description;
	}

	Instance instance() {
		return this.instance;
	}

	boolean isHearsay() {
		return this.hearsay;
	}

	void setHearsay(boolean hearsay) {
		this.hearsay = hearsay;
	}

	/**
	 * Returns whether the node is left out of lookups at the moment.
	 */
	boolean isHidden() {
		return this.hidden;
	}

	void setHidden(boolean hidden) {
		this.hidden = hidden;
	}

	boolean isConfirmed() {
		return this.confirmed;
	}

	@Nullable InetSocketAddress lastSource() {
		return this.lastSource;
	}

	/**
	 * Takes the description that the node gives of itself.
	 * @return whether its endpoints have changed
	 */
	boolean describe(Datagram.Node description, @Nullable InetSocketAddress source, long now) {
		List<Endpoint> before = endpoints();
		forgetWithdrawn(description);
		this.description = description;
		this.until = now + timeToLive();
		if (source != null) {
			hear(source.getAddress());
			this.lastSource = source;
		}
		return !endpoints().equals(before);
	}

	/**
	 * Removes the addresses that the node has stopped to report.
	 */
	private void forgetWithdrawn(Datagram.Node next) {
		for (String address : this.description.addresses()) {
			if (!next.addresses().isEmpty() && !next.addresses().contains(address)) {
				this.sources.remove(address);
			}
		}
	}

	/**
	 * Adds a source address. The first address stays the first, and a link-local one
	 * counts only while there is no other, so that the endpoints do not change with every
	 * datagram.
	 */
	private void hear(InetAddress address) {
		String host = address.getHostAddress();
		if (!this.sources.containsKey(host)) {
			if (this.sources.isEmpty() || this.linkLocal) {
				this.sources.clear();
				this.linkLocal = address.isLinkLocalAddress();
			}
			else if (address.isLinkLocalAddress() || this.sources.size() >= MAX_SOURCES) {
				return;
			}
		}
		this.sources.put(host, this.until);
	}

	long timeToLive() {
		return TimeUnit.MILLISECONDS.toNanos(this.description.timeToLiveMillis());
	}

	/**
	 * Records the datagram that describes the node. Datagrams may be reordered, and an
	 * old one may be repeated.
	 * @param nonce the nonce of the node's start, to which the counter belongs
	 * @return whether no later datagram has described the node
	 */
	boolean takeCounter(long nonce, long counter) {
		if (nonce == this.nonce && counter < this.counter) {
			return false;
		}
		this.nonce = nonce;
		this.counter = counter;
		return true;
	}

	/**
	 * Records the revision of a report.
	 * @return whether no newer revision is known
	 */
	boolean takeRevision(long told) {
		if (told < this.revision) {
			return false;
		}
		this.revision = told;
		return true;
	}

	/**
	 * Adds a service or extends its time to live.
	 * @return whether it is new
	 */
	boolean put(ServiceName service, long now) {
		long end = now + timeToLive();
		Long before = this.services.putIfAbsent(service, end);
		if (before != null && before != CONFIRMED) {
			this.services.put(service, end);
		}
		return before == null;
	}

	/**
	 * Marks a service as received over TCP.
	 * @return whether it is new
	 */
	boolean confirm(ServiceName service) {
		return this.services.put(service, CONFIRMED) == null;
	}

	void setConfirmed(boolean confirmed, long now) {
		this.confirmed = confirmed;
		this.until = now + timeToLive();
		if (!confirmed) {
			this.services.replaceAll((service, end) -> (end == CONFIRMED) ? this.until : end);
		}
	}

	List<ServiceName> expired(long now) {
		this.sources.values().removeIf((end) -> end <= now && !this.confirmed);
		return this.services.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() <= now)
			.map(Map.Entry::getKey)
			.toList();
	}

	boolean isExpired(long now) {
		return this.services.isEmpty() && !this.confirmed && this.until <= now;
	}

	/**
	 * Returns the endpoints of the node: first those with a source address of its
	 * datagrams, then those it reports.
	 */
	List<Endpoint> endpoints() {
		Set<Endpoint> endpoints = new LinkedHashSet<>();
		this.sources.keySet().forEach((source) -> endpoints.add(new Endpoint.Tcp(source, this.description.port())));
		this.description.addresses()
			.forEach((address) -> endpoints.add(new Endpoint.Tcp(address, this.description.port())));
		return new ArrayList<>(endpoints);
	}

	Datagram.Node description() {
		return this.description;
	}

}
