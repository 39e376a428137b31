package io.adaptive.internal.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.ConnectionListener;
import io.adaptive.client.Selection;
import io.adaptive.client.ServiceWatch;
import io.adaptive.client.Watch;
import io.adaptive.internal.discovery.InstanceWatch;
import io.adaptive.internal.stream.CheckedDemand;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.raw.RawConnection;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import reactor.core.publisher.Flux;

/**
 * The {@link AdaptiveClient} of a node.
 */
public final class DiscoveringClient implements AdaptiveClient {

	private final Connector connector;

	private final Probes probes;

	private final ClientSettings settings;

	private final ServiceSearch search;

	/**
	 * Creates a client with default settings.
	 * @param context the parts of its node
	 */
	public DiscoveringClient(ClientContext context) {
		this(new Connector(context), ClientSettings.DEFAULT);
	}

	private DiscoveringClient(Connector connector, ClientSettings settings) {
		this(connector, new Probes(connector, connector.context().clock()::nanoTime), settings);
	}

	private DiscoveringClient(Connector connector, Probes probes, ClientSettings settings) {
		this.connector = connector;
		this.probes = probes;
		this.settings = settings;
		this.search = new ServiceSearch(connector, probes, settings);
	}

	private DiscoveringClient with(ClientSettings changed) {
		return new DiscoveringClient(this.connector, this.probes, changed);
	}

	@Override
	public DiscoveringClient discoverTimeout(Duration timeout) {
		return with(this.settings.withDiscoverTimeout(timeout));
	}

	@Override
	public DiscoveringClient providers(ProviderId... providers) {
		return with(this.settings.withProviders(providers));
	}

	@Override
	public DiscoveringClient scopes(Scope... scopes) {
		return with(this.settings.withScopes(scopes));
	}

	@Override
	public DiscoveringClient calls(CallSettings calls) {
		return with(this.settings.withCalls(calls));
	}

	@Override
	public DiscoveringClient selection(Selection selection) {
		return with(this.settings.withSelection(selection));
	}

	@Override
	public DiscoveringClient copyInProcess(boolean copy) {
		return new DiscoveringClient(new Connector(this.connector.context().copying(copy)), this.probes, this.settings);
	}

	@Override
	public DiscoveringClient purpose(String purpose) {
		return with(this.settings.withPurpose(purpose));
	}

	@Override
	public Connection discover(String publisher, String name) {
		return discover(new ServiceName(publisher, name));
	}

	@Override
	public Connection discover(ServiceName service) {
		return ofCaller().one(ServicePattern.of(service), stop());
	}

	@Override
	public List<Connection> discoverAll(ServicePattern pattern) {
		return ofCaller().all(pattern, stop());
	}

	@Override
	public RawConnection discoverRaw(ServiceName service) {
		return ofCaller().raw(ServicePattern.of(service), stop());
	}

	/**
	 * Returns a search within the deadline of the message that this thread handles.
	 */
	private ServiceSearch ofCaller() {
		return this.search.within(CallDeadline.after(null));
	}

	@Override
	public List<ServiceInstance> list(ServicePattern pattern) {
		return this.search.list(pattern, stop());
	}

	@Override
	public ServiceWatch watch(ServicePattern pattern) {
		return new BlockingServiceWatch(watchInstances(pattern), this.connector.context().clock(), stop());
	}

	@Override
	public Watch watch(ServicePattern pattern, Consumer<ServiceEvent> listener) {
		WatchPump pump = pump(pattern, listener);
		pump.request(Long.MAX_VALUE);
		return pump::close;
	}

	@Override
	public Flux<ServiceEvent> changes(ServicePattern pattern) {
		return CheckedDemand.of(Flux.create((sink) -> {
			WatchPump pump = pump(pattern, sink::next);
			sink.onDispose(pump::close);
			sink.onRequest(pump::request);
		}));
	}

	private WatchPump pump(ServicePattern pattern, Consumer<ServiceEvent> consumer) {
		return new WatchPump(watchInstances(pattern), this.connector.callbacks(),
				(work) -> this.connector.later(WatchPump.PAUSE, work), consumer);
	}

	private InstanceWatch watchInstances(ServicePattern pattern) {
		return this.connector.context().discovery().watch(this.settings.query(pattern), stop());
	}

	@Override
	public Connection lazy(ServiceName service) {
		return lazy(service, ConnectionEvents.NOBODY);
	}

	@Override
	public Connection lazy(ServiceName service, ConnectionListener listener) {
		return lazy(new ServiceTarget(this.search, service), listener);
	}

	@Override
	public Connection lazy(ServiceInstance instance, ConnectionListener listener) {
		return lazy(new InstanceTarget(this.connector, instance), listener);
	}

	private Connection lazy(Target target, ConnectionListener listener) {
		return new ReconnectingConnection(new CurrentConnection(target, stop(), listener), this.settings.calls());
	}

	@Override
	public Connection connect(Endpoint endpoint, ServiceName service) {
		return this.connector.connect(endpoint, service);
	}

	@Override
	public Connection connect(ServiceInstance instance) {
		return this.connector.connect(instance);
	}

	@Override
	public RawConnection connectRaw(Endpoint endpoint, ServiceName service) {
		return this.connector.connectRaw(endpoint, service);
	}

	private CompletableFuture<?> stop() {
		return this.connector.context().stop();
	}

	ServiceSearch search() {
		return this.search;
	}

}
