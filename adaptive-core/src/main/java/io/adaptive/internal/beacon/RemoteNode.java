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
 * Another node, as far as it is known.
 */
final class RemoteNode {

	/** A node has few interfaces on networks in common with this one. */
	private static final int MAX_SOURCES = 4;

	/** Told over TCP: true until that connection ends. */
	private static final long CONFIRMED = Long.MAX_VALUE;

	private final Instance instance;

	/** What it offers, and until when that is taken for true. */
	final Map<ServiceName, Long> services = new HashMap<>();

	/** The addresses that it was heard from, and until when they are taken for true. */
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
	 * Tells whether clients had better not try it for the moment.
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
	 * Takes over how the node describes itself.
	 * @return whether it is reached in another way than before
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
	 * What the node told of itself, and tells no longer, it has no more.
	 */
	private void forgetWithdrawn(Datagram.Node next) {
		for (String address : this.description.addresses()) {
			if (!next.addresses().isEmpty() && !next.addresses().contains(address)) {
				this.sources.remove(address);
			}
		}
	}

	/**
	 * The first address stays the first, and a link-local one counts only while there is
	 * no other, so that the endpoints do not change with every datagram.
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
	 * Takes note of which datagram of the node describes it. Datagrams may overtake each
	 * other, and an old one may be repeated.
	 * @param nonce of the node's start, which counts its datagrams
	 * @return whether none that was sent later has described it
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
	 * Takes note of which state of the node something is true of.
	 * @return whether nothing newer is known
	 */
	boolean takeRevision(long told) {
		if (told < this.revision) {
			return false;
		}
		this.revision = told;
		return true;
	}

	/**
	 * Adds a service or keeps it for longer.
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
	 * Marks a service as told over TCP.
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
	 * Returns where the node is reached: first where it was heard from, then what it says
	 * itself.
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
