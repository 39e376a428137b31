package io.adaptive.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;
import io.adaptive.network.lab.NetworkLab;
import io.adaptive.network.lab.Program;
import io.adaptive.network.program.NodeProgram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hosts of two LANs that find each other by a root registry in a third.
 */
class RegistryTests {

	private static final int PORT = 7600;

	@RegisterExtension
	final NetworkLab lab = new NetworkLab();

	private Lan left;

	private Lan right;

	private Host rootHost;

	private Host home;

	private String root;

	private Program registry;

	@BeforeEach
	void makeTwoLansAndARoot() {
		this.left = this.lab.lan("left", "10.1.0");
		this.right = this.lab.lan("right", "10.2.0");
		Lan center = this.lab.lan("center", "10.3.0");
		this.lab.router("router", this.left, this.right, center);
		this.rootHost = this.lab.host("root", center);
		this.home = this.lab.host("home", this.right);
		this.root = "registry=" + this.rootHost.address(center) + ":" + PORT;
		this.registry = startRegistry();
	}

	private Program startRegistry() {
		Program program = this.rootHost.run(NodeProgram.class, "port=" + PORT, "root=on");
		program.await("up");
		return program;
	}

	private List<Host> hosts(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((i) -> this.lab.host("left" + i, this.left)).toList();
	}

	private List<Provider> providers(int count) {
		return Provider.start(hosts(count), this.root, "port=0");
	}

	/**
	 * Starts a client and waits until it has seen all.
	 */
	private Client clientOf(List<Provider> providers) {
		Client client = Client.start(this.home, this.root);
		providers.forEach((provider) -> client.millisToAppear(provider, 0));
		return client.answered();
	}

	@Test
	void twoLansMeetAtARoot() {
		Client client = Client.start(this.home, this.root);
		List<Provider> providers = new ArrayList<>();
		List<Long> appeared = startOneByOne(hosts(5), client, providers);
		Round round = Round.of(client, providers);
		NetworkTable.add("two LANs and a root: a service is started on 5 hosts", "each cold program appear", Goal.COLD,
				appeared, client.end());
		round.report("two LANs and a root: a service on 5 hosts", Goal.APPEAR_BY_REGISTRY);
		assertThat(appeared).allMatch((millis) -> millis < Goal.limit(Goal.COLD));
	}

	private List<Long> startOneByOne(List<Host> hosts, Client client, List<Provider> providers) {
		List<Long> appeared = new ArrayList<>();
		for (Host host : hosts) {
			Provider provider = Provider.start(host, this.root, "port=0");
			providers.add(provider);
			appeared.add(client.millisToAppear(provider));
		}
		client.answered();
		return appeared;
	}

	@FaultSlice
	@Test
	void aClientThatIsStartedLastFindsFiveHosts() {
		List<Provider> providers = providers(5);
		Client client = Client.watching(this.home, this.root);
		long watching = client.program().await("watching").nanos();
		List<Long> appeared = providers.stream().map((provider) -> client.millisToAppear(provider, watching)).toList();
		NetworkTable.add("registry: a client is started where 5 hosts are", "each appear to a cold program", Goal.COLD,
				appeared);
		assertThat(appeared).allMatch((millis) -> millis < Goal.limit(Goal.COLD));
	}

	@Test
	void aKilledProviderIsGone() {
		List<Provider> providers = providers(2);
		Losses.ofAProgram("registry", clientOf(providers), providers);
	}

	@FaultSlice
	@Test
	void aSilentHostIsGoneAndComesBack() {
		List<Provider> providers = providers(2);
		Losses.ofAHost("registry", clientOf(providers), providers, this.left);
	}

	@FaultSlice
	@Test
	void clientsThatWereAbsentFindAllAgain() throws InterruptedException {
		List<Provider> providers = providers(2);
		List<Host> homes = Stream.of("first", "second", "third")
			.map((name) -> this.lab.host(name, this.right))
			.toList();
		AbsentClients.start(homes, providers, this.root).leaveAndReturn("registry", this.right, providers);
	}

	@FaultSlice
	@Test
	void theAddressOfAClientChanges() {
		assertThat(ChangedAddress.of("registry: the client has", this.home, this.right, clientOf(providers(2))))
			.isEmpty();
	}

	@FaultSlice
	@Test
	void theAddressOfAProviderChanges() {
		Host host = this.lab.host("moving", this.left);
		List<Provider> providers = List.of(Provider.start(host, this.root, "port=0"));
		assertThat(ChangedAddress.of("registry: the provider has", host, this.left, clientOf(providers))).isEmpty();
	}

	@FaultSlice
	@Test
	void theInterfacesOfAClientChangeAndItsAddressStays() throws InterruptedException {
		InterfaceChanges.of("registry: the client has", this.home, this.right, clientOf(providers(2)));
	}

	@FaultSlice
	@Test
	void theInterfacesOfAProviderChangeAndItsAddressStays() throws InterruptedException {
		Host host = this.lab.host("changing", this.left);
		List<Provider> providers = List.of(Provider.start(host, this.root, "port=0"));
		InterfaceChanges.of("registry: the provider has", host, this.left, clientOf(providers));
	}

	@FaultSlice
	@Test
	void providersLeaveWithoutAFailedCall() {
		List<Provider> providers = providers(3);
		Client client = clientOf(providers);
		CleanLeaves.of(client, providers).report("registry", Goal.APPEAR_BY_REGISTRY);
	}

	@Test
	void aRootMayBeKilledAndStartedAgain() {
		List<Provider> providers = providers(2);
		Client client = clientOf(providers);
		this.registry.kill();
		client.answers(400);
		Provider meanwhile = Provider.start(this.lab.host("late", this.left), this.root, "port=0");
		client.answers(400);
		assertThat(client.program().events("gone")).isEmpty();
		this.registry = startRegistry();
		long up = this.registry.await("up").nanos();
		long appeared = client.millisToAppear(meanwhile, up);
		client.answers(400);
		Calls calls = client.end();
		NetworkTable.add("registry: root killed and restarted", "what was published meanwhile appear", Goal.HEALED,
				List.of(appeared), calls);
		assertThat(appeared).isLessThan(Goal.limit(Goal.HEALED));
		assertThat(calls.failed()).isZero();
		assertThat(client.program().events("gone")).isEmpty();
	}

	@FaultSlice
	@Test
	void whoIsKilledWhileTheRootIsDownIsGoneAfterItsRestart() {
		List<Provider> providers = providers(2);
		Client client = clientOf(providers);
		Provider victim = client.unused(providers);
		this.registry.kill();
		victim.program().kill();
		this.registry = startRegistry();
		long up = this.registry.await("up").nanos();
		long gone = client.millisToGo(victim, up);
		Calls calls = client.end();
		NetworkTable.add("registry: a provider is killed while the root is down", "it gone after the restart",
				Goal.SILENT, List.of(gone), calls);
		assertThat(gone).isLessThan(Goal.limit(Goal.SILENT));
		assertThat(calls.failed()).isZero();
	}

	@FaultSlice
	@Test
	void aRegistryThatAppearsLaterIsFound() {
		this.registry.kill();
		Client client = Client.start(this.home, this.root);
		Provider provider = providers(1).get(0);
		this.registry = startRegistry();
		long up = this.registry.await("up").nanos();
		long appeared = client.millisToAppear(provider, up);
		client.millisToAnswer(up);
		NetworkTable.add("registry: the root is started last", "the service appear", Goal.HEALED, List.of(appeared),
				client.end());
		assertThat(appeared).isLessThan(Goal.limit(Goal.HEALED));
	}

	@FaultSlice
	@Test
	void clocksOfTheHostsDiffer() {
		this.registry.kill();
		this.rootHost.clockAhead(Duration.ofDays(30));
		this.registry = startRegistry();
		List<Host> hosts = hosts(3);
		IntStream.range(0, 3).forEach((i) -> hosts.get(i).clockAhead(Duration.ofDays(10 * i)));
		Client client = Client.start(this.home, this.root);
		List<Provider> providers = new ArrayList<>();
		startOneByOne(hosts, client, providers);
		Round round = Round.of(client, providers);
		long settled = System.nanoTime();
		// Longer than a lease.
		client.answers(10 * Client.RATE);
		Calls calls = client.end();
		assertThat(client.program().events("gone")).noneMatch((event) -> event.nanos() > settled);
		List<Long> gone = providers.stream().map((each) -> client.millisToGo(each, each.program().kill())).toList();
		round.report("registry: monotonic clocks 10 to 30 days ahead", Goal.APPEAR_BY_REGISTRY);
		NetworkTable.add("the same, 10 s pass, then all are killed", "each gone", Goal.GONE, gone, calls);
		assertThat(gone).allMatch((millis) -> millis < Goal.limit(Goal.GONE));
		assertThat(calls.failed()).isZero();
	}

}
