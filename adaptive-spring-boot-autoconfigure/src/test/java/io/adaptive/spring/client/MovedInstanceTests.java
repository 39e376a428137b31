package io.adaptive.spring.client;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.Watch;
import io.adaptive.internal.client.ClientContext;
import io.adaptive.internal.client.DiscoveringClient;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.Dialer;
import io.adaptive.internal.transport.ProcessSettings;
import io.adaptive.internal.transport.ProcessTable;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.Lookup;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Injected connections to an instance whose addresses change.
 */
class MovedInstanceTests {

	private static final ServiceName SERVICE = new ServiceName("example", "moved");

	private final AdaptiveNode node = AdaptiveNode.builder()
		.scopes(Set.of())
		.listen("127.0.0.1", 0)
		.processSpace(new ProcessSpace())
		.build();

	private final Instance self = new Instance(new ProviderId("client"), 1);

	private final SocketTransport sockets = new SocketTransport(this.self, new ForyCodec(), LinkSettings.DEFAULT);

	private final Known known = new Known();

	private final AdaptiveClient client = new DiscoveringClient(new ClientContext(new Discovery(List.of(this.known)),
			new Dialer(this.self, new ProcessTable(),
					new ProcessSettings(Limits.DEFAULT, Codecs.available("fory").preferred(), false), this.sockets),
			new ConnectionSet(), Runnable::run, ConnectionTelemetry.NONE, ReceiveBudget.unlimited(),
			new CompletableFuture<>()))
		.discoverTimeout(Duration.ofSeconds(30));

	private final InstanceConnections connections = new InstanceConnections(this.client, ServicePattern.of(SERVICE));

	@AfterEach
	void close() {
		this.connections.close();
		this.sockets.close();
		this.node.close();
	}

	@Test
	void aFluxHasItOnceAndAMessageArrivesOnce() {
		List<Ask> received = new CopyOnWriteArrayList<>();
		this.node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> {
			received.add(ask);
			return ask;
		}));
		Endpoint.Tcp port = this.node.tcpEndpoint().orElseThrow();
		List<Connection> emitted = new CopyOnWriteArrayList<>();
		Disposable watch = this.connections.flux().subscribe(emitted::add);
		this.known.tell(this.node.instance(), port);
		assertThat(emitted).hasSize(1);
		assertThat(emitted.get(0).sendRecv(new Ask(1), Ask.class)).isEqualTo(new Ask(1));
		this.known.tell(this.node.instance(), new Endpoint.Tcp("127.0.0.2", port.port()), port);
		this.known.tell(this.node.instance());
		this.known.tell(this.node.instance(), port);
		assertThat(emitted).hasSize(1);
		assertThat(this.connections.list()).hasSize(1);
		emitted.forEach((each) -> each.sendRecv(new Ask(2), Ask.class));
		this.connections.list().forEach((each) -> each.sendRecv(new Ask(3), Ask.class));
		assertThat(received).containsExactly(new Ask(1), new Ask(2), new Ask(3));
		watch.dispose();
	}

	record Ask(int number) {
	}

	private static final class Known implements Lookup {

		private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

		private volatile List<ServiceInstance> instances = List.of();

		/**
		 * Tells of one instance, or of none where there is no address.
		 */
		void tell(Instance instance, Endpoint... endpoints) {
			this.instances = (endpoints.length == 0) ? List.of()
					: List.of(new ServiceInstance(SERVICE, instance, Scope.WAN, List.of(endpoints)));
			this.watchers.forEach(Runnable::run);
		}

		@Override
		public Scope scope() {
			return Scope.WAN;
		}

		@Override
		public List<ServiceInstance> find(ServicePattern pattern) {
			return this.instances;
		}

		@Override
		public Watch watch(ServicePattern pattern, Runnable changed) {
			this.watchers.add(changed);
			return () -> this.watchers.remove(changed);
		}

	}

}
