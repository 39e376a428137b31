package io.adaptive.node;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.adaptive.builtin.ObservedAddress;
import io.adaptive.builtin.ProviderInfo;
import io.adaptive.builtin.RegistryInfo;
import io.adaptive.internal.builtin.ServiceLister;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.stream.Connection;
import io.adaptive.trace.MessageTracing;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What one program of a machine is told holds for the others, and a program is in no
 * scope that it does not name.
 */
@Timeout(60)
class ToldMachineTests {

	private static final ServiceName SERVICE = new ServiceName("test", "far");

	private static final Duration LONG = Duration.ofSeconds(50);

	private final java.util.Deque<AdaptiveNode> nodes = new java.util.ArrayDeque<>();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		while (!this.nodes.isEmpty()) {
			this.nodes.pop().close();
		}
	}

	/**
	 * Begins a program of a machine with nothing set.
	 */
	private AdaptiveNodeBuilder program(String machine) {
		return AdaptiveNode.builder().processSpace(new ProcessSpace()).socketDirectory(this.directory.resolve(machine));
	}

	private AdaptiveNode start(AdaptiveNodeBuilder builder) {
		AdaptiveNode node = builder.build();
		this.nodes.push(node);
		return node;
	}

	private LanSettings lan() throws IOException {
		try (DatagramSocket free = new DatagramSocket()) {
			return LanSettings.DEFAULT.port(free.getLocalPort())
				.interfaces("127.0.0.1")
				.secret("a secret of the machine");
		}
	}

	private AdaptiveNode root() {
		return start(program("root").listen("127.0.0.1", 0)
			.rootRegistry(new RootRegistrySettings(this.directory.resolve("registry"))));
	}

	private static void assertFinds(AdaptiveNode node, Scope scope) {
		try (Connection connection = node.newClient().discoverTimeout(LONG).discover(SERVICE)) {
			assertThat(connection.info().scope()).isEqualTo(scope);
		}
	}

	@Test
	void theOthersSearchLanAsOneWasToldWithoutNamingIt() throws IOException {
		LanSettings lan = lan();
		AdaptiveNode far = start(program("far").scopes(Set.of(Scope.LAN)).lan(lan).listen("127.0.0.1", 0));
		far.newServer().publish(Service.named(SERVICE));
		start(program("near").lan(lan));
		AdaptiveNode other = start(program("near"));
		assertFinds(other, Scope.LAN);
		assertThat(other.scopes()).containsExactly(Scope.PROCESS, Scope.OS);
		assertThat(other.tcpEndpoint()).isEmpty();
	}

	@Test
	void aProgramThatWasStartedBeforeTheOneThatIsToldSearchesToo() throws IOException {
		LanSettings lan = lan();
		AdaptiveNode other = start(program("near"));
		var found = java.util.concurrent.CompletableFuture.runAsync(() -> assertFinds(other, Scope.LAN),
				io.adaptive.fixture.OwnThread.EXECUTOR);
		start(program("far").scopes(Set.of(Scope.LAN)).lan(lan).listen("127.0.0.1", 0)).newServer()
			.publish(Service.named(SERVICE));
		start(program("near").lan(lan));
		assertThat(found).succeedsWithin(LONG);
	}

	@Test
	void namingLanPublishesWithPortAndSecretOfTheMachine() throws IOException {
		LanSettings lan = lan();
		start(program("near").lan(lan));
		start(program("near").scopes(Set.of(Scope.LAN)).listen("127.0.0.1", 0)).newServer()
			.publish(Service.named(SERVICE));
		assertFinds(start(program("far").scopes(Set.of(Scope.LAN)).lan(lan)), Scope.LAN);
	}

	@Test
	void theOthersSearchWanAndNamingItPublishesThere() {
		Endpoint.Tcp address = root().tcpEndpoint().orElseThrow();
		start(program("near").registries(List.of(address)));
		start(program("near").scopes(EnumSet.of(Scope.WAN)).listen("127.0.0.1", 0)).newServer()
			.publish(Service.named(SERVICE));
		assertFinds(start(program("near")), Scope.WAN);
	}

	@Test
	void theProgramOfTheRootSeesWhatIsRegisteredAndTheAddressOfCallersIsObservedInWan() {
		AdaptiveNode root = root();
		Endpoint.Tcp address = root.tcpEndpoint().orElseThrow();
		AdaptiveNode far = start(program("far").registries(List.of(address)).listen("127.0.0.1", 0));
		try (Connection connection = far.newClient()
			.scopes(Scope.WAN)
			.discoverTimeout(LONG)
			.discover(ObservedAddress.SERVICE)) {
			assertThat(connection.info().peer()).isEqualTo(root.instance());
			assertThat(connection.sendRecv(new ObservedAddress.Query(), ObservedAddress.class).host())
				.isEqualTo("127.0.0.1");
		}
		far.newServer().publish(Service.named(SERVICE));
		assertFinds(root, Scope.WAN);
		assertFinds(start(program("root")), Scope.WAN);
	}

	@Test
	void aProgramThatPublishesNothingButWasToldOffersItsBuiltInServices() throws IOException {
		LanSettings lan = lan();
		assertOffersBuiltIn("lan", program("lan").lan(lan), List.of());
		Endpoint.Tcp absent = new Endpoint.Tcp("127.0.0.1", 1);
		assertOffersBuiltIn("registry", program("registry").registries(List.of(absent)), List.of(absent));
		assertOffersBuiltIn("proxy", program("proxy").listen(0).relayedBy("127.0.0.1", 1), List.of());
		AdaptiveNode root = root();
		assertOffersBuiltIn("root", program("root"), List.of(root.tcpEndpoint().orElseThrow()));
	}

	private void assertOffersBuiltIn(String machine, AdaptiveNodeBuilder told, List<Endpoint.Tcp> registries) {
		start(told);
		var client = start(program(machine)).newClient().scopes(Scope.OS).discoverTimeout(LONG);
		for (ServiceName service : List.of(ServiceLister.SERVICE, ProviderInfo.SERVICE, MessageTracing.SERVICE)) {
			client.discover(service).close();
		}
		try (Connection connection = client.discover(RegistryInfo.SERVICE)) {
			assertThat(connection.sendRecv(new RegistryInfo.Query(), RegistryInfo.class).endpoints())
				.isEqualTo(registries);
		}
	}

	@Test
	void theSecretIsInAFileThatOnlyItsUserCanRead() throws IOException {
		start(program("near").lan(lan()));
		try (var files = Files.list(this.directory.resolve("near"))) {
			Path told = files.filter((file) -> file.toString().endsWith(".told")).findFirst().orElseThrow();
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(told))).isEqualTo("rw-------");
		}
		this.nodes.pop().close();
		try (var files = Files.list(this.directory.resolve("near"))) {
			assertThat(files.map((file) -> file.getFileName().toString())).containsExactly("provider-id-entrance");
		}
	}

	private List<String> nodeFiles(String machine) throws IOException {
		try (var files = Files.list(this.directory.resolve(machine))) {
			return files.map((file) -> file.getFileName().toString()).filter((file) -> file.contains(".")).toList();
		}
	}

	@Test
	void theFilesOfAProgramThatPublishesNothingAreMadeAgain() throws IOException {
		start(program("near").lan(lan()));
		List<String> before = nodeFiles("near");
		assertThat(before).anyMatch((file) -> file.endsWith(".id")).anyMatch((file) -> file.endsWith(".told"));
		for (String file : before) {
			if (!file.endsWith(".lock")) {
				Files.deleteIfExists(this.directory.resolve("near").resolve(file));
			}
		}
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(nodeFiles("near")).anyMatch((file) -> file.endsWith(".id"))
				.anyMatch((file) -> file.endsWith(".told")));
	}

	@Test
	void aNodeThatCannotStartLeavesNoFiles() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatException().isThrownBy(() -> program("near").providerId(new ProviderId("first"))
				.listen("127.0.0.1", taken.getLocalPort())
				.rootRegistry(new RootRegistrySettings(this.directory.resolve("registry")))
				.build());
		}
		assertThat(nodeFiles("near")).isEmpty();
		start(program("near").providerId(new ProviderId("second")));
	}

	@Test
	void aSecondProgramThatContradictsTheFirstIsRefusedThoughThatPublishesNothing() {
		start(program("near").providerId(new ProviderId("first")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> program("near").providerId(new ProviderId("second")).build())
			.withMessageContaining("\"second\" contradicts \"first\"");
		assertThat(start(program("near")).instance().provider()).isEqualTo(new ProviderId("first"));
		this.nodes.pop().close();
		this.nodes.pop().close();
		assertThat(start(program("near").providerId(new ProviderId("second"))).instance().provider().value())
			.isEqualTo("second");
	}

	@Test
	void aProgramWhoseIdWasContradictedSinceItsStartPublishesNothing() {
		AdaptiveNode quiet = start(program("near"));
		start(program("near").providerId(new ProviderId("configured")));
		assertThatIllegalStateException().isThrownBy(() -> quiet.newServer().publish(Service.named(SERVICE)))
			.withMessageContaining("contradicts \"configured\"");
	}

	@Test
	void noScopeIsJoinedThatIsNotNamed() throws Exception {
		LanSettings lan = lan();
		try (DatagramSocket listening = new DatagramSocket(lan.port());
				ServerSocket registry = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			for (Scope only : List.of(Scope.PROCESS, Scope.OS)) {
				ProcessSpace space = new ProcessSpace();
				String machine = "only-" + only;
				AdaptiveNode node = start(program(machine).processSpace(space)
					.scopes(Set.of(only))
					.lan(lan.seeds(new Endpoint.Tcp("127.0.0.1", lan.port())))
					.registries(List.of(new Endpoint.Tcp("127.0.0.1", registry.getLocalPort()))));
				node.newServer().publish(Service.named(SERVICE));
				assertThat(node.newClient().list(ServicePattern.of(SERVICE))).singleElement()
					.satisfies((found) -> assertThat(found.scope()).isEqualTo(only));
				assertThat(node.scopes()).containsExactly(only);
				assertThat(node.searchedScopes()).containsExactly(only);
				assertThat(node.tcpEndpoint()).isEmpty();
				assertThat(Files.exists(this.directory.resolve(machine))).isEqualTo(only == Scope.OS);
				assertThat(space.common().table().find(ServicePattern.ALL).isEmpty()).isEqualTo(only == Scope.OS);
			}
			listening.setSoTimeout(300);
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> listening.receive(new DatagramPacket(new byte[2000], 2000)));
			registry.setSoTimeout(300);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(registry::accept);
		}
	}

	@Test
	void whoNamesLanIsInLanAlone() throws Exception {
		try (ServerSocket registry = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertIsAlone(Scope.LAN, program("lan").lan(lan())
				.registries(List.of(new Endpoint.Tcp("127.0.0.1", registry.getLocalPort()))));
			registry.setSoTimeout(300);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(registry::accept);
		}
	}

	@Test
	void whoNamesWanIsInWanAlone() throws Exception {
		LanSettings lan = lan();
		try (DatagramSocket listening = new DatagramSocket(lan.port())) {
			assertIsAlone(Scope.WAN, program("wan").lan(lan.seeds(new Endpoint.Tcp("127.0.0.1", lan.port())))
				.registries(List.of(root().tcpEndpoint().orElseThrow())));
			listening.setSoTimeout(300);
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> listening.receive(new DatagramPacket(new byte[2000], 2000)));
		}
	}

	private void assertIsAlone(Scope only, AdaptiveNodeBuilder builder) throws IOException {
		ProcessSpace space = new ProcessSpace();
		AdaptiveNode node = start(builder.processSpace(space).scopes(Set.of(only)).listen("127.0.0.1", 0));
		node.newServer().publish(Service.named(SERVICE));
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(node.newClient().list(ServicePattern.of(SERVICE))).singleElement()
				.satisfies((found) -> assertThat(found.scope()).isEqualTo(only)));
		assertThat(node.scopes()).containsExactly(only);
		assertThat(node.searchedScopes()).containsExactly(only);
		assertThat(space.common().table().find(ServicePattern.ALL)).isEmpty();
		assertThat(this.directory.resolve(only.name().toLowerCase(Locale.ROOT))).doesNotExist();
	}

}
