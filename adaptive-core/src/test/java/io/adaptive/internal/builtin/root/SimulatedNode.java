package io.adaptive.internal.builtin.root;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.transport.Dialer;
import io.adaptive.internal.transport.ProcessSettings;
import io.adaptive.internal.transport.ProcessTable;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.settings.LinkSettings;
import io.adaptive.stream.Connection;

/**
 * What a root registry sees of a node: a connection of its own, and nothing behind it.
 */
final class SimulatedNode implements AutoCloseable {

	private final int number;

	private final SocketTransport sockets;

	private final Connection connection;

	private long epoch;

	SimulatedNode(int number, Endpoint.Tcp root, Codecs codecs, Executor callbacks) {
		this.number = number;
		Instance self = new Instance(new ProviderId("simulated-" + number), number);
		this.sockets = new SocketTransport(self, codecs, LinkSettings.DEFAULT, true);
		ProcessSettings unused = new ProcessSettings(LinkSettings.DEFAULT.limits(), codecs.preferred(), false);
		Dialer dialer = new Dialer(self, new ProcessTable(), unused, this.sockets);
		AtomicReference<Connection> opened = new AtomicReference<>();
		dialer.dial(root, RootRegistry.SERVICE, (link) -> {
			MultiplexedConnection connection = MultiplexedConnection.client(link, callbacks);
			opened.set(connection);
			return connection.receiver();
		}).orTimeout(30, TimeUnit.SECONDS).join();
		this.connection = opened.get();
	}

	Connection connection() {
		return this.connection;
	}

	CompletableFuture<?> register(int services) {
		List<String> names = IntStream.range(0, services)
			.mapToObj((service) -> "scale/service-%d-%d".formatted(this.number, service))
			.toList();
		return this.connection.async()
			.sendRecv(new RegisterNode(7000, List.of(), false, List.of(), names, "0a".repeat(32)), NodeRegistered.class)
			.thenAccept((registered) -> this.epoch = registered.epoch());
	}

	CompletableFuture<?> renew() {
		return this.connection.async().sendRecv(new RenewLease(this.epoch), LeaseRenewed.class);
	}

	CompletableFuture<?> change(List<String> added, List<String> removed) {
		return this.connection.async().sendRecv(new ChangeServices(this.epoch, added, removed), LeaseRenewed.class);
	}

	@Override
	public void close() {
		this.connection.close();
		this.sockets.close();
	}

}
