package io.adaptive.benchmark.contestant;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.Endpoint;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.settings.RelayLimits;
import io.adaptive.settings.ReverseProxySettings;

/**
 * The framework over TCP with a reverse proxy in between, which limits no bytes.
 */
final class RelayedContestant implements Contestant {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

	private final String name;

	private final AdaptiveContestant ends;

	RelayedContestant(String name) {
		this.name = name;
		this.ends = new AdaptiveContestant(name, HandlerOptions.DEFAULT);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public boolean runsOn(Transport transport) {
		return transport == Transport.TCP;
	}

	@Override
	public boolean isRelayed() {
		return true;
	}

	@Override
	public Served relay(Place place) {
		AdaptiveNode node = AdaptiveNode.builder()
			.scopes(Set.of())
			.listen(0)
			.reverseProxy(ReverseProxySettings.DEFAULT
				.withLimits(new RelayLimits(256, Long.MAX_VALUE, Duration.ofSeconds(5))))
			.build();
		return new Served(place.withPort(node.tcpEndpoint().orElseThrow().port()), node::close);
	}

	@Override
	public Served serve(Place place) {
		AdaptiveNode node = AdaptiveNode.builder()
			.scopes(Set.of())
			.listen(0)
			.relayedBy(InetAddress.getLoopbackAddress().getHostAddress(), place.port())
			.build();
		this.ends.publish(node);
		return new Served(place.withPort(relayed(node).address().port()), node::close);
	}

	private static Endpoint.Relayed relayed(AdaptiveNode node) {
		long start = System.nanoTime();
		while (node.relayedEndpoint().isEmpty() && System.nanoTime() - start < PATIENCE_NANOS) {
			Thread.onSpinWait();
		}
		return node.relayedEndpoint().orElseThrow();
	}

	@Override
	public Connected connect(Place place) {
		return this.ends.connect(place);
	}

}
