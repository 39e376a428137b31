package io.adaptive.network.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;
import io.adaptive.network.lab.NetworkLab;
import io.adaptive.network.program.BookServerProgram;
import io.adaptive.network.program.NodeProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults at random, after which the books of client and servers must agree.
 */
@ChaosSlice
class ChaosTests {

	private static final List<FaultKind> SERVER = List.of(FaultKind.KILL, FaultKind.TERMINATE, FaultKind.PAUSE,
			FaultKind.UNPLUG);

	private static final List<FaultKind> CLIENT = List.of(FaultKind.PAUSE, FaultKind.UNPLUG);

	private static final List<FaultKind> NODE = List.of(FaultKind.KILL, FaultKind.PAUSE);

	private static final int ROOT_PORT = 7600;

	private static final String LAN_PORT = "lan=7700";

	@RegisterExtension
	final NetworkLab lab = new NetworkLab();

	@TempDir
	Path books;

	@Test
	void theBooksOfALanBalance() throws InterruptedException {
		Lan lan = this.lab.lan("lan", "10.1.0");
		Chaos chaos = new Chaos("LAN", this.books);
		servers(chaos, lan, LAN_PORT);
		chaos.client(CLIENT, this.lab.host("home", lan), lan, LAN_PORT);
		chaos.run();
	}

	@Test
	void theBooksOfTwoLansAndARootBalance() throws InterruptedException {
		Lan left = this.lab.lan("left", "10.1.0");
		Lan right = this.lab.lan("right", "10.2.0");
		Lan center = this.lab.lan("center", "10.3.0");
		this.lab.router("router", left, right, center);
		Chaos chaos = new Chaos("WAN", this.books);
		String root = root(chaos, center);
		servers(chaos, left, root, "port=0");
		chaos.client(CLIENT, this.lab.host("home", right), right, root);
		chaos.run();
	}

	@Test
	void theBooksOfServersBehindANatBalance() throws InterruptedException {
		Lan internet = this.lab.lan("internet", "203.0.113");
		Lan left = this.lab.lan("left", "10.1.0");
		Lan right = this.lab.lan("right", "10.2.0");
		Host gateway = this.lab.nat("leftnat", internet, left);
		this.lab.nat("rightnat", internet, right);
		Chaos chaos = new Chaos("NAT", this.books);
		String root = root(chaos, internet);
		chaos.add(new Part(NODE, gateway, internet, NodeProgram.class, root, LAN_PORT, "port=7601",
				"proxy=" + gateway.address(internet)));
		servers(chaos, left, root, LAN_PORT, "port=0");
		chaos.client(CLIENT, this.lab.host("home", right), right, root);
		chaos.run();
	}

	/**
	 * Starts a root registry.
	 * @return the option with its address
	 */
	private String root(Chaos chaos, Lan lan) {
		Host host = this.lab.host("root", lan);
		chaos.add(new Part(NODE, host, lan, NodeProgram.class, "port=" + ROOT_PORT, "root=on"));
		return "registry=" + host.address(lan) + ":" + ROOT_PORT;
	}

	private void servers(Chaos chaos, Lan lan, Object... options) {
		List<Host> hosts = IntStream.rangeClosed(1, 2).mapToObj((i) -> this.lab.host("server" + i, lan)).toList();
		for (Host host : hosts) {
			List<Object> all = new ArrayList<>(List.of(options));
			all.add(chaos.book(host));
			chaos.add(new Part(SERVER, host, lan, BookServerProgram.class, all.toArray()));
		}
	}

}
