package io.adaptive.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;
import io.adaptive.network.lab.NetworkLab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hosts of one LAN that find each other by broadcast.
 */
class LanTests {

	private static final String PORT = "lan=7700";

	@RegisterExtension
	final NetworkLab lab = new NetworkLab();

	private Lan lan;

	private Host home;

	@BeforeEach
	void makeLan() {
		this.lan = this.lab.lan("lan", "10.1.0");
		this.home = this.lab.host("home", this.lan);
	}

	private List<Host> hosts(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((i) -> this.lab.host("host" + i, this.lan)).toList();
	}

	private static List<Provider> providers(List<Host> hosts) {
		return Provider.start(hosts, PORT);
	}

	/**
	 * Starts a client and waits until it has seen all.
	 */
	private Client clientOf(List<Provider> providers) {
		Client client = Client.start(this.home, PORT);
		providers.forEach((provider) -> client.millisToAppear(provider, 0));
		return client.answered();
	}

	@Test
	void theSameServiceOnFiveHosts() {
		Client client = Client.start(this.home, PORT);
		List<Provider> providers = new ArrayList<>();
		List<Long> appeared = startOneByOne(hosts(5), client, providers);
		Round round = Round.of(client, providers);
		NetworkTable.add("LAN: the same service is started on 5 hosts", "each cold program appear", Goal.COLD, appeared,
				client.end());
		round.report("LAN: the same service on 5 hosts", Goal.APPEAR_ON_LAN);
		assertThat(appeared).allMatch((millis) -> millis < Goal.limit(Goal.COLD));
	}

	private static List<Long> startOneByOne(List<Host> hosts, Client client, List<Provider> providers) {
		List<Long> appeared = new ArrayList<>();
		for (Host host : hosts) {
			Provider provider = Provider.start(host, PORT);
			providers.add(provider);
			appeared.add(client.millisToAppear(provider));
		}
		client.answered();
		return appeared;
	}

	@FaultSlice
	@Test
	void aClientThatIsStartedLastFindsFiveHosts() {
		List<Provider> providers = providers(hosts(5));
		Client client = Client.watching(this.home, PORT);
		long watching = client.program().await("watching").nanos();
		List<Long> appeared = providers.stream().map((provider) -> client.millisToAppear(provider, watching)).toList();
		NetworkTable.add("LAN: a client is started where 5 hosts are", "each appear to a cold program", Goal.COLD,
				appeared);
		assertThat(appeared).allMatch((millis) -> millis < Goal.limit(Goal.COLD));
	}

	@FaultSlice
	@Test
	void aHostThatJoinsLateIsFound() {
		Client client = Client.watching(this.home, PORT);
		Host late = this.lab.host("late", this.lan);
		late.unplug(this.lan);
		Provider provider = Provider.start(late, PORT);
		long plugged = System.nanoTime();
		late.plug(this.lan);
		client.rate(Client.RATE);
		long appeared = client.millisToAppear(provider, plugged);
		client.millisToAnswerBy(late, plugged);
		NetworkTable.add("LAN: a host is plugged in after its program has published", "it appear", Goal.HEALED,
				List.of(appeared), client.end());
		assertThat(appeared).isLessThan(Goal.limit(Goal.HEALED));
	}

	@Test
	void aKilledProviderIsGone() {
		List<Provider> providers = providers(hosts(2));
		Losses.ofAProgram("LAN", clientOf(providers), providers);
	}

	@FaultSlice
	@Test
	void aSilentHostIsGoneAndComesBack() {
		List<Provider> providers = providers(hosts(2));
		Losses.ofAHost("LAN", clientOf(providers), providers, this.lan);
	}

	@FaultSlice
	@Test
	void aPartitionHealsByItself() {
		List<Provider> providers = providers(hosts(2));
		Client client = clientOf(providers);
		long unplugged = System.nanoTime();
		this.home.unplug(this.lan);
		List<Long> gone = providers.stream().map((provider) -> client.millisToGo(provider, unplugged)).toList();
		NetworkTable.add("LAN: link down of the client", "all gone", Goal.SILENT, gone);
		long plugged = System.nanoTime();
		this.home.plug(this.lan);
		List<Long> back = providers.stream().map((provider) -> client.millisToAppear(provider, plugged)).toList();
		long answer = client.millisToAnswer(plugged);
		NetworkTable.add("LAN: its link is back", "all appear, an answer", Goal.HEALED, with(back, answer),
				client.end());
		assertThat(gone).allMatch((millis) -> millis < Goal.limit(Goal.SILENT));
		assertThat(with(back, answer)).allMatch((millis) -> millis < Goal.limit(Goal.HEALED));
	}

	@FaultSlice
	@Test
	void aShortCutIsNotNoticed() throws InterruptedException {
		List<Provider> providers = providers(hosts(1));
		Client client = clientOf(providers);
		this.home.unplug(this.lan);
		// As long as it would take somebody to put it into another socket.
		TimeUnit.SECONDS.sleep(3);
		long plugged = System.nanoTime();
		this.home.plug(this.lan);
		long answer = client.millisToAnswer(plugged);
		Calls calls = client.end();
		NetworkTable.add("LAN: link of the client down for 3 s", "an answer", Goal.HEALED, List.of(answer), calls);
		assertThat(answer).isLessThan(Goal.limit(Goal.HEALED));
		assertThat(client.program().events("gone")).isEmpty();
		assertThat(calls.failed()).isZero();
	}

	@FaultSlice
	@Test
	void clientsThatWereAbsentFindAllAgain() throws InterruptedException {
		List<Provider> providers = providers(hosts(2));
		List<Host> homes = Stream.of("first", "second", "third").map((name) -> this.lab.host(name, this.lan)).toList();
		AbsentClients.start(homes, providers, PORT).leaveAndReturn("LAN", this.lan, providers);
	}

	@FaultSlice
	@Test
	void theAddressOfAClientChanges() {
		List<Provider> providers = providers(hosts(2));
		assertThat(ChangedAddress.of("LAN: the client has", this.home, this.lan, clientOf(providers))).isEmpty();
	}

	@FaultSlice
	@Test
	void theAddressOfAProviderChanges() {
		List<Host> hosts = hosts(1);
		assertThat(ChangedAddress.of("LAN: the provider has", hosts.get(0), this.lan, clientOf(providers(hosts))))
			.isEmpty();
	}

	@FaultSlice
	@Test
	void theInterfacesOfAClientChangeAndItsAddressStays() throws InterruptedException {
		InterfaceChanges.of("LAN: the client has", this.home, this.lan, clientOf(providers(hosts(2))));
	}

	@FaultSlice
	@Test
	void theInterfacesOfAProviderChangeAndItsAddressStays() throws InterruptedException {
		List<Host> hosts = hosts(1);
		InterfaceChanges.of("LAN: the provider has", hosts.get(0), this.lan, clientOf(providers(hosts)));
	}

	@Test
	void providersLeaveWithoutAFailedCall() {
		List<Provider> providers = providers(hosts(3));
		CleanLeaves.of(clientOf(providers), providers).report("LAN", Goal.APPEAR_ON_LAN);
	}

	@FaultSlice
	@Test
	void aProgramThatEndsLeavesWithoutAFailedCall() {
		List<Provider> providers = providers(hosts(2));
		Client client = clientOf(providers);
		Provider used = client.used(providers);
		long gone = client.millisToGo(used, used.program().stop());
		Calls calls = client.end();
		NetworkTable.add("LAN: the program in use ends", "it gone", Goal.GONE, List.of(gone), calls);
		assertThat(gone).isLessThan(Goal.limit(Goal.GONE));
		assertThat(calls.failed()).isZero();
	}

	@FaultSlice
	@Test
	void twoProgramsOfOneHostShareTheBroadcastPort() {
		Host host = this.lab.host("host", this.lan);
		Client neighbour = Client.watching(host, PORT);
		Client far = Client.watching(this.home, PORT);
		List<Provider> providers = providers(List.of(host, host));
		providers.forEach((provider) -> neighbour.millisToAppear(provider, 0));
		providers.forEach((provider) -> far.millisToAppear(provider, 0));
		String name = "LAN: two programs of one host, one broadcast port";
		Round.of(far, providers).report(name + ", seen by another host", Goal.APPEAR_ON_LAN);
		Round.of(neighbour, providers).report(name + ", seen by their host", Goal.APPEAR_ON_LAN);
		long killed = providers.get(0).program().kill();
		long gone = far.millisToGo(providers.get(0), killed);
		NetworkTable.add("the same, one is killed", "it gone", Goal.GONE, List.of(gone));
		assertThat(gone).isLessThan(Goal.limit(Goal.GONE));
		assertThat(far.program().events("gone"))
			.noneMatch((event) -> event.nanos() > killed && event.has("instance", providers.get(1).instance()));
	}

	@FaultSlice
	@Test
	void threeOfTenDatagramsAreLost() {
		List<Host> hosts = hosts(5);
		this.home.loseDatagrams(30);
		hosts.forEach((host) -> host.loseDatagrams(30));
		Client client = Client.start(this.home, PORT);
		List<Provider> providers = new ArrayList<>();
		List<Long> appeared = startOneByOne(hosts, client, providers);
		Round round = Round.of(client, providers);
		Calls calls = client.end();
		NetworkTable.add("LAN: 30 % of the datagrams are lost, 5 hosts", "each cold program appear", Goal.HEALED,
				appeared, calls);
		NetworkTable.add("the same, each service is taken back", "it gone", Goal.HEALED, round.gone());
		NetworkTable.add("the same, each is published again", "it appear", Goal.HEALED, round.back());
		assertThat(Stream.of(appeared, round.gone(), round.back()).flatMap(List::stream))
			.allMatch((millis) -> millis < Goal.limit(Goal.HEALED));
		assertThat(calls.failed()).isZero();
	}

	@FaultSlice
	@Test
	void clocksOfTheHostsDiffer() {
		List<Host> hosts = hosts(3);
		hosts.get(1).clockAhead(Duration.ofDays(1));
		hosts.get(2).clockAhead(Duration.ofDays(30));
		Client client = Client.start(this.home, PORT);
		List<Provider> providers = new ArrayList<>();
		startOneByOne(hosts, client, providers);
		Round round = Round.of(client, providers);
		long settled = System.nanoTime();
		// Longer than anything is remembered that is not heard of again.
		client.answers(16 * Client.RATE);
		Calls calls = client.end();
		assertThat(client.program().events("gone")).noneMatch((event) -> event.nanos() > settled);
		List<Long> gone = providers.stream().map((each) -> client.millisToGo(each, each.program().kill())).toList();
		round.report("LAN: monotonic clocks 1 and 30 days ahead", Goal.APPEAR_ON_LAN);
		NetworkTable.add("the same, 16 s pass, then all are killed", "each gone", Goal.GONE, gone, calls);
		assertThat(gone).allMatch((millis) -> millis < Goal.limit(Goal.GONE));
		assertThat(calls.failed()).isZero();
	}

	private static List<Long> with(List<Long> some, long another) {
		List<Long> all = new ArrayList<>(some);
		all.add(another);
		return all;
	}

}
