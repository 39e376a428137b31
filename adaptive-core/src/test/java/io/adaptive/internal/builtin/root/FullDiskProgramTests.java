package io.adaptive.internal.builtin.root;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.MountNamespace;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.status.RootRegistryStatus;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A root registry in a program of its own whose file system has no room.
 */
class FullDiskProgramTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	/** A refused node tries again after 30 s at most. */
	private static final Duration AFTER_A_REFUSAL = Duration.ofSeconds(120);

	/** However busy the machine is, no lease ends before its node has come back. */
	private static final int LEASE_SECONDS = 120;

	private static final String READ_ONLY = "journal cannot be written, queries are answered, changes are refused";

	@RegisterExtension
	final TestNodes nodes = new TestNodes();

	@RegisterExtension
	final LogLines log = new LogLines();

	@TempDir
	Path directory;

	private final List<String> told = new CopyOnWriteArrayList<>();

	private List<Endpoint.Tcp> registries;

	/**
	 * Publishes a service on a node whose registration is as long as a page of the file
	 * system, and does not fit where one is begun.
	 */
	private AdaptiveNode publish(String service) {
		String host = (service + ".").repeat(30) + "invalid";
		List<String> hosts = IntStream.range(0, 16).mapToObj((i) -> "h" + i + "." + host).toList();
		AdaptiveNode node = this.nodes
			.node((builder) -> builder.listen("127.0.0.1", 0).registries(this.registries).advertise(hosts));
		node.newServer().publish(Service.named("test", service));
		return node;
	}

	private static void awaitRegistration(AdaptiveNode node, RootRegistryStatus.Registration registration) {
		Awaitility.await().atMost(LONG).until(() -> node.registries().get(0).registration() == registration);
	}

	private Set<String> registered() {
		try (Connection connection = this.nodes.node(Scope.PROCESS)
			.newClient()
			.connect(this.registries.get(0), RootRegistry.SERVICE)) {
			return connection.sendRecv(new QueryServices("test", "*", 0), ServicesFound.class)
				.nodes()
				.stream()
				.flatMap((node) -> node.services().stream())
				.collect(Collectors.toSet());
		}
	}

	private void awaitRegistered(String... services) {
		Awaitility.await()
			.atMost(LONG)
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(registered()).containsExactlyInAnyOrder(services));
	}

	private void note(ServiceEvent event) {
		this.told.add(event.getClass().getSimpleName() + " " + event.instance().service());
	}

	private ChildJvm startRoot(MountNamespace mounts) {
		ChildJvm root = ChildJvm.startWith(mounts.launcher(), List.of(), RootProgram.class,
				this.registries.get(0).port(), this.directory, LEASE_SECONDS);
		root.awaitLine(RootProgram.UP);
		return root;
	}

	@SlowTest
	@Test
	void itServesWhatItHasAndWritesAgainWhenThereIsRoom() {
		this.registries = List.of(new Endpoint.Tcp("127.0.0.1", Integer.parseInt(RootProgram.freePort())));
		try (MountNamespace mounts = new MountNamespace(this.directory, "size=64k")) {
			AdaptiveNode known = null;
			AdaptiveNode refused = null;
			try (ChildJvm root = startRoot(mounts)) {
				known = publish("known");
				awaitRegistration(known, RootRegistryStatus.Registration.ACCEPTED);
				this.nodes.node((builder) -> builder.listen("127.0.0.1", 0).registries(this.registries))
					.newClient()
					.watch(new ServicePattern("test", "*"), this::note);
				Awaitility.await().atMost(LONG).until(() -> this.told.contains("Appeared test/known"));
				fill(mounts);
				refused = publish("refused");
				awaitRegistration(refused, RootRegistryStatus.Registration.REFUSED);
				assertThat(root.awaitLine(READ_ONLY).text()).contains("ERROR").contains("No space left on device");
				awaitRegistered("test/known");
				root.kill();
			}
			// What is left of the page that the journal has begun is room, too.
			fill(mounts);
			try (ChildJvm root = startRoot(mounts)) {
				assertThat(root.awaitLine(READ_ONLY).text()).contains("ERROR");
				awaitRegistered("test/known");
				awaitRegistration(known, RootRegistryStatus.Registration.ACCEPTED);
				awaitRegistration(refused, RootRegistryStatus.Registration.REFUSED);
				assertThat(refused.registries().get(0).refusal()).contains("cannot write its journal");
				awaitRegistered("test/known");
				assertThat(this.told).containsExactly("Appeared test/known");
				assertThat(mounts.run("rm", this.directory.resolve("full").toString())).isZero();
				Awaitility.await().atMost(AFTER_A_REFUSAL).until(() -> this.told.contains("Appeared test/refused"));
				root.kill();
			}
			try (ChildJvm root = startRoot(mounts)) {
				awaitRegistered("test/known", "test/refused");
				assertThat(root.lines()).noneMatch((line) -> line.text().contains(READ_ONLY));
				assertThat(this.told).containsExactly("Appeared test/known", "Appeared test/refused");
			}
		}
	}

	/**
	 * Uses up what there is.
	 */
	private void fill(MountNamespace mounts) {
		String file = this.directory.resolve("full").toString();
		assertThat(mounts.run("sh", "-c", "cat /dev/zero >> " + file)).as("no more fits").isNotZero();
	}

}
