package io.adaptive.network;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;
import io.adaptive.network.lab.NetworkLab;
import io.adaptive.network.lab.Program;
import io.adaptive.network.program.NodeProgram;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service behind a NAT, called from the internet and from behind another NAT.
 */
class NatTests {

	private static final int ROOT_PORT = 7600;

	private static final String LAN_PORT = "lan=7700";

	@RegisterExtension
	final NetworkLab lab = new NetworkLab();

	private Lan internet;

	private Lan right;

	private Host rootHost;

	private Host leftNat;

	private Host inside;

	private Host elsewhere;

	private Host outside;

	private String root;

	@BeforeEach
	void makeTwoNats() {
		this.internet = this.lab.lan("internet", "203.0.113");
		Lan left = this.lab.lan("left", "10.1.0");
		this.right = this.lab.lan("right", "10.2.0");
		this.rootHost = this.lab.host("root", this.internet);
		this.leftNat = this.lab.nat("leftnat", this.internet, left);
		this.lab.nat("rightnat", this.internet, this.right);
		this.inside = this.lab.host("inside", left);
		this.elsewhere = this.lab.host("elsewhere", this.right);
		this.outside = this.lab.host("outside", this.internet);
		this.root = "registry=" + this.rootHost.address(this.internet) + ":" + ROOT_PORT;
	}

	private Program startRoot() {
		Program program = this.rootHost.run(NodeProgram.class, "port=" + ROOT_PORT, "root=on");
		program.await("up");
		return program;
	}

	private Program startGateway() {
		Program program = this.leftNat.run(NodeProgram.class, this.root, LAN_PORT, "port=7601",
				"proxy=" + this.leftNat.address(this.internet));
		program.await("up");
		return program;
	}

	@Test
	void aServiceBehindANatIsCalledThroughTheRoot() {
		Program rootProgram = startRoot();
		Client near = Client.start(this.outside, this.root);
		Client far = Client.start(this.elsewhere, this.root);
		Provider provider = Provider.start(this.inside, this.root, "port=0");
		check("NAT: a service inside, relayed by the root", Goal.COLD, provider, rootProgram, near, far);
	}

	@Test
	void aServiceBehindANatIsCalledThroughItsGateway() {
		startRoot();
		Program gateway = startGateway();
		Client near = Client.start(this.outside, this.root);
		Client far = Client.start(this.elsewhere, this.root);
		Provider provider = Provider.start(this.inside, this.root, LAN_PORT, "port=0");
		check("NAT: a service inside, relayed by a gateway", Goal.COLD, provider, gateway, near, far);
	}

	@FaultSlice
	@Test
	void aServiceBehindANatThatSaysNothingIsCalledThroughTheRoot() {
		this.leftNat.stealth(this.internet);
		Program rootProgram = startRoot();
		Client near = Client.start(this.outside, this.root);
		Client far = Client.start(this.elsewhere, this.root);
		Provider provider = Provider.start(this.inside, this.root, "port=0");
		check("NAT that does not refuse: a service inside, relayed by the root", Goal.HEALED, provider, rootProgram,
				near, far);
	}

	private static void check(String name, long goal, Provider provider, Program relay, Client near, Client far) {
		List<Long> appeared = List.of(near.millisToAppear(provider), far.millisToAppear(provider));
		near.answered();
		far.answered();
		near.answers(1_000);
		far.answers(1_000);
		String by = relay.await("up").fields().get("instance");
		assertThat(near.program().ask("path", "path").fields()).containsEntry("by", by);
		assertThat(far.program().ask("path", "path").fields()).containsEntry("by", by);
		Calls calls = near.end();
		Calls farCalls = far.end();
		Round round = Round.of(far, List.of(provider));
		NetworkTable.add(name + ", called from outside", "the cold program appear", goal, appeared.subList(0, 1),
				calls);
		NetworkTable.add(name + ", called from behind another NAT", "the cold program appear", goal,
				appeared.subList(1, 2), farCalls);
		round.report(name, Goal.APPEAR_BY_REGISTRY);
		assertThat(appeared).allMatch((millis) -> millis < Goal.limit(goal));
		assertThat(calls.failed()).isZero();
		assertThat(farCalls.failed()).isZero();
	}

	@FaultSlice
	@Test
	void aGatewayMayBeKilledAndStartedAgain() {
		startRoot();
		Program gateway = startGateway();
		Provider.start(this.inside, this.root, LAN_PORT, "port=0");
		Client client = Client.start(this.outside, this.root).answered();
		long killed = gateway.kill();
		long answer = client.millisToAnswer(killed);
		client.answers(200);
		Calls calls = client.calls();
		startGateway();
		// It has time to come back to the gateway, or to stay where it is.
		client.answers(5 * Client.RATE);
		Calls later = client.end();
		// The instance lives, so that no watch is told of it: only its address is
		// another.
		NetworkTable.add("NAT: the gateway in use is killed", "an answer", Goal.HEALED, List.of(answer), calls);
		NetworkTable.add("the same, the gateway is started again", "nothing", 0, List.of(), later);
		assertThat(answer).isLessThan(Goal.limit(Goal.HEALED));
		assertThat(calls.other()).isZero();
		assertThat(later.failed()).isZero();
	}

	@FaultSlice
	@Test
	void aGatewayThatComesLaterTakesOverFromTheRootThatRelays() {
		Program rootProgram = startRoot();
		Provider provider = Provider.start(this.inside, this.root, LAN_PORT, "port=0");
		Client old = Client.start(this.outside, this.root).answered();
		String root = rootProgram.await("up").fields().get("instance");
		assertThat(old.program().ask("path", "path").fields()).containsEntry("by", root);
		Program gatewayProgram = startGateway();
		String gateway = gatewayProgram.await("up").fields().get("instance");
		long up = gatewayProgram.await("up").nanos();
		Awaitility.await()
			.atMost(Duration.ofMillis(Goal.limit(Goal.HEALED)))
			.until(() -> gateway.equals(provider.program().ask("relay", "relay").fields().get("by")));
		long moved = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - up);
		Client fresh = Client.start(this.elsewhere, this.root).answered();
		Awaitility.await()
			.atMost(Duration.ofMillis(Goal.limit(Goal.HEALED)))
			.until(() -> gateway.equals(fresh.program().ask("path", "path").fields().get("by")));
		old.answers(200);
		assertThat(old.program().events("gone")).isEmpty();
		Calls before = old.end();
		rootProgram.kill();
		fresh.answers(5 * Client.RATE);
		assertThat(fresh.program().events("gone")).isEmpty();
		Calls after = fresh.end();
		NetworkTable.add("NAT: a gateway is started where the root relays", "the relay moved", Goal.HEALED,
				List.of(moved), before);
		NetworkTable.add("the same, then the root is killed", "nothing", 0, List.of(), after);
		assertThat(before.failed()).isZero();
		assertThat(after.failed()).isZero();
	}

	@FaultSlice
	@Test
	void clientsThatWereAbsentFindAllAgain() throws InterruptedException {
		startRoot();
		startGateway();
		List<Provider> providers = List.of(Provider.start(this.inside, this.root, LAN_PORT, "port=0"));
		List<Host> homes = Stream.of("first", "second", "third")
			.map((name) -> this.lab.host(name, this.right))
			.toList();
		AbsentClients.start(homes, providers, this.root).leaveAndReturn("NAT", this.right, providers);
	}

	@FaultSlice
	@Test
	void aRootThatRelaysMayBeKilledAndStartedAgain() {
		Program rootProgram = startRoot();
		Provider provider = Provider.start(this.inside, this.root, "port=0");
		Client client = Client.start(this.outside, this.root).answered();
		rootProgram.kill();
		long up = startRoot().await("up").nanos();
		long appeared = client.millisToAppear(provider, up);
		long answer = client.millisToAnswer(up);
		client.answers(200);
		Calls calls = client.end();
		NetworkTable.add("NAT: the root that relays is killed and restarted", "the service appear, an answer",
				Goal.HEALED, List.of(appeared, answer), calls);
		assertThat(appeared).isLessThan(Goal.limit(Goal.HEALED));
		assertThat(answer).isLessThan(Goal.limit(Goal.HEALED));
		assertThat(calls.other()).isZero();
	}

}
