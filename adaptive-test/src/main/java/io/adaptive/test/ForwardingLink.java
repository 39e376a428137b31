package io.adaptive.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.Limits;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.Link;
import io.adaptive.spi.Payload;
import io.adaptive.spi.ScopeTraffic;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a link, told by the link behind it.
 */
abstract class ForwardingLink implements Link {

	private final Link link;

	ForwardingLink(Link link) {
		this.link = link;
	}

	/**
	 * Returns the link itself.
	 */
	final Link link() {
		return this.link;
	}

	@Override
	public ServiceName service() {
		return this.link.service();
	}

	@Override
	public Instance self() {
		return this.link.self();
	}

	@Override
	public Instance peer() {
		return this.link.peer();
	}

	@Override
	public Scope scope() {
		return this.link.scope();
	}

	@Override
	public Endpoint endpoint() {
		return this.link.endpoint();
	}

	@Override
	public @Nullable InetSocketAddress peerAddress() {
		return this.link.peerAddress();
	}

	@Override
	public @Nullable InetAddress ownAddress() {
		return this.link.ownAddress();
	}

	@Override
	public ScopeTraffic traffic() {
		return this.link.traffic();
	}

	@Override
	public Limits limits() {
		return this.link.limits();
	}

	@Override
	public PendingLimits pendingLimits() {
		return this.link.pendingLimits();
	}

	@Override
	public Limits peerLimits() {
		return this.link.peerLimits();
	}

	@Override
	public Payload payload(Object message) {
		return this.link.payload(message);
	}

	@Override
	public boolean isEventLoop() {
		return this.link.isEventLoop();
	}

	@Override
	public void refuse(String rule) {
		this.link.refuse(rule);
	}

}
