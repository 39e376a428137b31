package io.adaptive.internal.client;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.Dialer;
import io.adaptive.internal.transport.ProcessSettings;
import io.adaptive.internal.transport.ProcessTable;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.Lookup;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance that is not known any more, as a registry tells of a silent host, while its
 * connection still stands.
 */
class AbandonedInstanceTests {

	private static final ServiceName SERVICE = new ServiceName("test", "abandoned");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final Instance self = new Instance(new ProviderId("client"), new SecureRandom().nextLong());

	private final SocketTransport sockets = new SocketTransport(this.self, new ForyCodec(), LinkSettings.DEFAULT);

	private final Known known = new Known();

	@AfterEach
	void closeSockets() {
		this.sockets.close();
	}

	private ServiceInstance publish(String answer) {
		AdaptiveNode node = this.nodes.node(Scope.LAN);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> new Answer(answer)));
		return new ServiceInstance(SERVICE, node.instance(), Scope.WAN,
				List.<Endpoint>of(node.tcpEndpoint().orElseThrow()));
	}

	private AdaptiveClient client() {
		ProcessSettings process = new ProcessSettings(Limits.DEFAULT, new ForyCodec(), false);
		return new DiscoveringClient(new ClientContext(new Discovery(List.of(this.known)),
				new Dialer(this.self, new ProcessTable(), process, this.sockets), new ConnectionSet(), Runnable::run,
				ConnectionTelemetry.NONE, ReceiveBudget.unlimited(), new CompletableFuture<>()))
			.discoverTimeout(Duration.ofSeconds(20));
	}

	private static String ask(MessageStream stream) {
		return stream.sendRecv(new Ask(), Answer.class).name();
	}

	@Test
	void newCallsAndStreamsGoToAnotherAndWhatIsOpenStays() {
		ServiceInstance first = publish("first");
		ServiceInstance second = publish("second");
		this.known.tell(first);
		try (Connection connection = client().lazy(SERVICE)) {
			assertThat(ask(connection)).isEqualTo("first");
			MessageStream open = connection.newStream();
			this.known.tell(second);
			assertThat(ask(connection)).isEqualTo("second");
			assertThat(ask(connection.newStream())).isEqualTo("second");
			assertThat(ask(open)).isEqualTo("first");
		}
		assertThat(this.known.watchers).isEmpty();
	}

	@Test
	void theOnlyConnectionIsKeptWhereNoOtherInstanceIsKnown() {
		ServiceInstance first = publish("first");
		this.known.tell(first);
		try (Connection connection = client().lazy(SERVICE)) {
			assertThat(ask(connection)).isEqualTo("first");
			this.known.tell();
			assertThat(ask(connection)).isEqualTo("first");
		}
	}

	record Ask() {
	}

	record Answer(String name) {
	}

	private static final class Known implements Lookup {

		private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

		private volatile List<ServiceInstance> instances = List.of();

		void tell(ServiceInstance... instances) {
			this.instances = List.of(instances);
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
