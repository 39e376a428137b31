package io.adaptive.network;

import java.util.List;

import io.adaptive.network.lab.Event;
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
 * A service behind a NAT, called from the internet and from behind another NAT.
 */
class NatTests {

	private static final int ROOT_PORT = 7600;

	private static final String LAN_PORT = "lan=7700";

	@RegisterExtension
	final NetworkLab lab = new NetworkLab();

	private Lan internet;

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
		Lan right = this.lab.lan("right", "10.2.0");
		this.rootHost = this.lab.host("root", this.internet);
		this.leftNat = this.lab.nat("leftnat", this.internet, left);
		this.lab.nat("rightnat", this.internet, right);
		this.inside = this.lab.host("inside", left);
		this.elsewhere = this.lab.host("elsewhere", right);
		this.outside = this.lab.host("outside", this.internet);
		this.root = "registry=" + this.rootHost.address(this.internet) + ":" + ROOT_PORT;
	}

	private Program startRoot(Object... options) {
		Program program = this.rootHost.run(NodeProgram.class, with("port=" + ROOT_PORT, options));
		program.await("up");
		return program;
	}

	private Program startGateway() {
		Program program = this.leftNat.run(NodeProgram.class, this.root, LAN_PORT, "port=7601", "proxy=LAN");
		program.await("up");
		return program;
	}

	@Test
	void aServiceBehindANatIsCalledThroughTheRoot() {
		Program rootProgram = startRoot("root=on", "proxy=WAN");
		Client near = Client.start(this.outside, this.root);
		Client far = Client.start(this.elsewhere, this.root);
		Provider provider = Provider.start(this.inside, this.root, "port=0");
		List<Long> appeared = List.of(near.millisToAppear(provider), far.millisToAppear(provider));
		check("NAT: a service inside, relayed by the root", appeared, rootProgram, near, far);
	}

	@Test
	void aServiceBehindANatIsCalledThroughItsGateway() {
		startRoot("root=on", "proxy=WAN");
		Program gateway = startGateway();
		Client near = Client.start(this.outside, this.root);
		Client far = Client.start(this.elsewhere, this.root);
		Provider provider = Provider.start(this.inside, this.root, LAN_PORT, "port=0");
		List<Long> appeared = List.of(near.millisToAppear(provider), far.millisToAppear(provider));
		check("NAT: a service inside, relayed by a gateway of its LAN", appeared, gateway, near, far);
	}

	private void check(String name, List<Long> appeared, Program relay, Client near, Client far) {
		near.answered();
		far.answered();
		near.answers(1_000);
		far.answers(1_000);
		Event path = near.program().ask("path", "path");
		Event farPath = far.program().ask("path", "path");
		Calls calls = near.end();
		Calls farCalls = far.end();
		NetworkTable.add(name + ", called from outside", "it appear", Goal.APPEAR_BY_REGISTRY, appeared.subList(0, 1),
				calls);
		NetworkTable.add(name + ", called from behind another NAT", "it appear", Goal.APPEAR_BY_REGISTRY,
				appeared.subList(1, 2), farCalls);
		String by = relay.await("up").fields().get("instance");
		assertThat(path.fields()).containsEntry("by", by);
		assertThat(farPath.fields()).containsEntry("by", by);
		assertThat(appeared).allMatch((millis) -> millis < Goal.APPEAR_BY_REGISTRY);
		assertThat(calls.failed()).isZero();
		assertThat(farCalls.failed()).isZero();
	}

	@Test
	void aGatewayMayBeKilledAndStartedAgain() {
		startRoot("root=on");
		Program gateway = startGateway();
		Provider provider = Provider.start(this.inside, this.root, LAN_PORT, "port=0");
		Client client = Client.start(this.outside, this.root);
		client.answered();
		long killed = gateway.kill();
		long gone = client.millisToGo(provider, killed);
		Program restarted = startGateway();
		long up = restarted.await("up").nanos();
		long appeared = client.millisToAppear(provider, up);
		long answer = client.millisToAnswer(up);
		client.answers(200);
		Calls calls = client.end();
		NetworkTable.add("NAT: the only gateway is killed", "what it relayed gone", Goal.GONE, List.of(gone), calls);
		NetworkTable.add("the same, it is started again", "the service appear, an answer", Goal.HEALED,
				List.of(appeared, answer));
		assertThat(gone).isLessThan(Goal.GONE);
		assertThat(appeared).isLessThan(Goal.HEALED);
		assertThat(answer).isLessThan(Goal.HEALED);
		assertThat(calls.other()).isZero();
	}

	private static Object[] with(Object first, Object... others) {
		Object[] all = new Object[others.length + 1];
		all[0] = first;
		System.arraycopy(others, 0, all, 1, others.length);
		return all;
	}

}
