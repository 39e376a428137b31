package io.adaptive.benchmark.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.stream.Connection;

/**
 * Measures how long a client that waits for a service takes from the moment it is
 * published until it is connected, on one machine.
 */
public final class WakeUpRun {

	private static final int ROUNDS = 100;

	private static final int WARM_UP = 20;

	private final ProcessSpace space = new ProcessSpace();

	private final Path directory;

	/**
	 * Makes a run.
	 */
	public WakeUpRun() {
		try {
			this.directory = Files.createTempDirectory("wake");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Measures and prints.
	 */
	public void run() {
		System.out
			.println("\nFrom publishing until a waiting client is connected, %d times, in ms:\n".formatted(ROUNDS));
		System.out.println("| scope | median | 90 % | slowest |\n| --- | --- | --- | --- |");
		try (AdaptiveNode root = node(Set.of()).listen("127.0.0.1", 0)
			.rootRegistry(new RootRegistrySettings(this.directory.resolve("root")))
			.build()) {
			Endpoint.Tcp address = root.tcpEndpoint().orElseThrow();
			measure(Scope.PROCESS, node(Set.of(Scope.PROCESS)), node(Set.of(Scope.PROCESS)));
			measure(Scope.OS, node(Set.of(Scope.OS)), node(Set.of(Scope.OS)));
			LanSettings lan = LanSettings.DEFAULT.port(17_201).interfaces("lo");
			measure(Scope.LAN, node(Set.of()).listen(0).lan(lan), node(Set.of()).listen(0).lan(lan));
			measure(Scope.WAN, node(Set.of()).listen(0).registries(List.of(address)),
					node(Set.of()).listen(0).registries(List.of(address)));
		}
	}

	private AdaptiveNodeBuilder node(Set<Scope> scopes) {
		Set<Scope> own = EnumSet.noneOf(Scope.class);
		own.addAll(scopes);
		return AdaptiveNode.builder()
			.scopes(own)
			.processSpace(this.space)
			.socketDirectory(this.directory.resolve("s"))
			.drainTimeout(Duration.ZERO);
	}

	private static void measure(Scope scope, AdaptiveNodeBuilder serverBuilder, AdaptiveNodeBuilder clientBuilder) {
		try (AdaptiveNode server = serverBuilder.build(); AdaptiveNode client = clientBuilder.build()) {
			long[] nanos = new long[ROUNDS];
			for (int i = -WARM_UP; i < ROUNDS; i++) {
				long taken = once(scope, server, client, i);
				if (i >= 0) {
					nanos[i] = taken;
				}
			}
			Arrays.sort(nanos);
			System.out.println("| %s | %.1f | %.1f | %.1f |".formatted(scope, nanos[ROUNDS / 2] / 1e6,
					nanos[ROUNDS * 9 / 10] / 1e6, nanos[ROUNDS - 1] / 1e6));
		}
	}

	private static long once(Scope scope, AdaptiveNode server, AdaptiveNode client, int round) {
		ServiceName name = new ServiceName("wake", "service-" + (round + WARM_UP));
		CompletableFuture<Long> connected = CompletableFuture.supplyAsync(() -> {
			Connection connection = client.newClient().discover(name);
			long now = System.nanoTime();
			connection.close();
			return now;
		}, (work) -> new Thread(work).start());
		pause();
		long published = System.nanoTime();
		Publication publication = server.newServer().publish(Service.named(name).scopes(scope));
		long taken = connected.orTimeout(30, TimeUnit.SECONDS).join() - published;
		publication.close();
		return taken;
	}

	/**
	 * Long enough for the client to wait, and for questions to the network to become
	 * seldom; never in step with them.
	 */
	private static void pause() {
		try {
			Thread.sleep(300 + ThreadLocalRandom.current().nextInt(200));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
