package io.adaptive.boot.autoconfigure.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.NodeStatistics;
import io.adaptive.status.QueueListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binds the statistics of a node to meters. They are removed with the application
 * context, even if the registry remains.
 */
final class NodeMetrics implements MeterBinder, AutoCloseable {

	private final AdaptiveNode node;

	private final List<NodeMeters> bound = new CopyOnWriteArrayList<>();

	private final List<QueueListener> waits = new CopyOnWriteArrayList<>();

	NodeMetrics(AdaptiveNode node) {
		this.node = node;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		NodeMeters meters = new NodeMeters(this.node::statistics, registry, System::nanoTime);
		this.bound.add(meters);
		WorkerMeters.bind(meters);
		TrafficMeters.bind(meters);
		DiscoveryMeters.bind(meters);
		TracingMeters.bind(meters);
		if (this.node.scopes().contains(Scope.WAN)) {
			RegistryMeters.bind(meters);
		}
		NodeStatistics now = this.node.statistics();
		now.rootRegistry().ifPresent((root) -> RegistryMeters.bindRoot(meters));
		now.relaying().ifPresent((proxy) -> RelayMeters.bind(meters));
		QueueListener listening = WorkerMeters.waits(meters);
		if (listening != QueueListener.NOBODY) {
			this.waits.add(listening);
			this.node
				.queueListener((priority, nanos) -> this.waits.forEach((listener) -> listener.waited(priority, nanos)));
		}
	}

	@Override
	public void close() {
		this.node.queueListener(QueueListener.NOBODY);
		this.bound.forEach(NodeMeters::close);
	}

}
