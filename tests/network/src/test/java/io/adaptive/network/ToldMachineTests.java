package io.adaptive.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;
import io.adaptive.network.lab.NetworkLab;
import io.adaptive.network.program.NodeProgram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one program of a host was told, and scopes that are not named.
 */
class ToldMachineTests {

	private static final String LAN = "lan=7700";

	private static final int ROOT_PORT = 7200;

	@RegisterExtension
	final NetworkLab lab = new NetworkLab();

	private Lan lan;

	private Host far;

	private Host near;

	@BeforeEach
	void makeLan() {
		this.lan = this.lab.lan("lan", "10.1.0");
		this.far = this.lab.host("far", this.lan);
		this.near = this.lab.host("near", this.lan);
	}

	private String registry() {
		return "registry=" + this.far.address(this.lan) + ":" + ROOT_PORT;
	}

	@Test
	void aProgramThatNamesNoScopeFindsLanAndWanAsAnotherOneWasTold() {
		Provider inLan = Provider.start(this.far, LAN);
		this.near.run(NodeProgram.class, "scopes=unset", LAN).await("up");
		Client client = Client.start(this.near, "scopes=unset");
		client.millisToAppear(inLan, 0);
		assertThat(client.answered().end().failed()).isZero();
		this.far.run(NodeProgram.class, "port=" + ROOT_PORT, "root=on").await("up");
		this.near.run(NodeProgram.class, "scopes=unset", registry()).await("up");
		Provider inWan = Provider.start(this.lab.host("farther", this.lan), registry());
		client.millisToAppear(inWan, 0);
	}

	@Test
	void nothingIsSentIntoAScopeThatIsNotNamed() {
		Provider here = Provider.start(this.near, "scopes=OS", LAN, registry());
		Client client = Client.start(this.near, "scopes=OS", LAN, registry());
		client.millisToAppear(here, 0);
		assertThat(client.answered().end().failed()).isZero();
		assertThat(sent(this.near)).containsExactly(0, 0, 0);
		assertThat(this.near.exec("cat", "/proc/net/udp", "/proc/net/udp6").lines()).as("two heads, no socket")
			.hasSize(2);
		this.near.run(NodeProgram.class, "scopes=OS,LAN", LAN).await("up");
		Client.watching(this.near, LAN);
		assertThat(sent(this.near).get(0)).as("the counter counts").isPositive();
	}

	/**
	 * Returns how many datagrams over IPv4 and IPv6 a host has sent, and how many
	 * connections over TCP it has begun.
	 */
	private static List<Integer> sent(Host host) {
		return List.of(counter(host, "Udp:", "OutDatagrams"), datagrams6(host), counter(host, "Tcp:", "ActiveOpens"));
	}

	private static int counter(Host host, String protocol, String name) {
		List<String[]> rows = host.exec("cat", "/proc/net/snmp")
			.lines()
			.filter((line) -> line.startsWith(protocol))
			.map((line) -> line.split(" "))
			.toList();
		int column = IntStream.range(0, rows.get(0).length)
			.filter((i) -> rows.get(0)[i].equals(name))
			.findFirst()
			.orElseThrow();
		return Integer.parseInt(rows.get(1)[column]);
	}

	private static int datagrams6(Host host) {
		return host.exec("cat", "/proc/net/snmp6")
			.lines()
			.filter((line) -> line.startsWith("Udp6OutDatagrams"))
			.mapToInt((line) -> Integer.parseInt(Arrays.stream(line.split("\\s+")).reduce((a, b) -> b).orElseThrow()))
			.findFirst()
			.orElse(0);
	}

}
