package io.adaptive.network.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The laboratory itself: whether its network does what the other tests take for granted.
 */
class NetworkLabTests {

	private static final int PORT = 4711;

	private static final Duration SOON = Duration.ofSeconds(50);

	@RegisterExtension
	final NetworkLab lab = new NetworkLab();

	@Test
	void broadcastReachesAllProgramsOfTheLanAndNoOther() {
		Lan left = this.lab.lan("left", "10.1.0");
		Lan right = this.lab.lan("right", "10.2.0");
		Host router = this.lab.router("router", left, right);
		Host first = this.lab.host("left1", left);
		Host second = this.lab.host("left2", left);
		Program sender = probe(first);
		Program neighbour = probe(second);
		Program between = probe(router);
		Program far = probe(this.lab.host("right1", right));
		sender.ask("broadcast " + left.broadcastAddress() + " 1", "sent");
		for (Program hearer : List.of(sender, neighbour, between)) {
			hearer.await("received", SOON, (event) -> event.has("from", first.address(left)));
		}
		sender.ask("connect " + router.address(right), "connected");
		assertThat(far.events("received")).isEmpty();
	}

	@Test
	void natLetsOutAndNotIn() {
		Lan internet = this.lab.lan("internet", "203.0.113");
		Lan home = this.lab.lan("home", "10.1.0");
		Host nat = this.lab.nat("nat", internet, home);
		Host inside = this.lab.host("inside", home);
		Host outside = this.lab.host("outside", internet);
		outside.exec("ip", "route", "add", "10.1.0.0/24", "via", nat.address(internet));
		Program insider = probe(inside);
		Program outsider = probe(outside);
		insider.ask("connect " + outside.address(internet), "connected");
		outsider.await("accepted", SOON, (event) -> event.has("from", nat.address(internet)));
		insider.ask("write", "written");
		outsider.await("read");
		outsider.ask("connect " + nat.address(internet), "refused");
		outsider.ask("connect " + inside.address(home), "unanswered");
		nat.stealth(internet);
		outsider.ask("connect " + nat.address(internet), "unanswered");
		insider.ask("connect " + outside.address(internet), "connected");
		assertThat(insider.events("accepted")).isEmpty();
	}

	@Test
	void anUnpluggedHostIsSilentAndItsConnectionsOutliveIt() {
		Lan lan = this.lab.lan("lan", "10.1.0");
		Host first = this.lab.host("first", lan);
		Host second = this.lab.host("second", lan);
		Program client = probe(first);
		Program server = probe(second);
		client.ask("connect " + second.address(lan), "connected");
		second.unplug(lan);
		client.ask("write", "written");
		assertThat(second.exec("ip", "-brief", "link", "show", lan.name())).contains("DOWN");
		assertThat(server.events("read")).isEmpty();
		second.plug(lan);
		server.await("read");
		assertThat(server.events("ended")).isEmpty();
	}

	@Test
	void aShareOfTheDatagramsIsLost() {
		Lan lan = this.lab.lan("lan", "10.1.0");
		Host first = this.lab.host("first", lan);
		Host second = this.lab.host("second", lan);
		Program sender = probe(first);
		Program hearer = probe(second);
		second.loseDatagrams(30);
		// A hundred at a time, or the buffers of the sockets would lose some too.
		for (int sent = 100; sent <= 1_000; sent += 100) {
			int all = sent;
			sender.ask("broadcast " + lan.broadcastAddress() + " 100", "sent");
			sender.await("received", SOON, (event) -> event.number("count") == all);
		}
		Awaitility.await()
			.atMost(SOON)
			.until(() -> hearer.events("received").count(), (count) -> 600 < count && count < 800);
	}

	@Test
	void noPacketReachesAHostThatDropsAll() {
		Lan lan = this.lab.lan("lan", "10.1.0");
		Host first = this.lab.host("first", lan);
		Host second = this.lab.host("second", lan);
		Program client = probe(first);
		Program server = probe(second);
		client.ask("connect " + second.address(lan), "connected");
		second.dropPackets(true);
		client.ask("write", "written");
		assertThat(second.exec("ip", "-brief", "link", "show", lan.name())).contains("UP");
		assertThat(server.events("read")).isEmpty();
		second.dropPackets(false);
		server.await("read");
		assertThat(server.events("ended")).isEmpty();
	}

	@Test
	void clocksOfHostsCanDiffer() {
		Host host = this.lab.host("host");
		Program here = probe(host);
		host.clockAhead(Duration.ofDays(1));
		Program ahead = probe(host, 4712);
		long before = here.ask("clock", "clock").number("is");
		long after = ahead.ask("clock", "clock").number("is");
		assertThat(Duration.ofNanos(after - before)).isBetween(Duration.ofDays(1), Duration.ofDays(1).plus(SOON));
		long killed = ahead.kill();
		assertThat(ahead.events("up").findFirst().orElseThrow().nanos()).isBetween(killed - SOON.toNanos(), killed);
		// The port is free: the program itself was killed, not only its parent.
		probe(host, 4712);
	}

	@Test
	void nothingIsLeftOfALaboratory() throws IOException {
		NetworkLab other = new NetworkLab();
		other.beforeEach(null);
		Program program = probe(other.host("host", other.lan("lan", "10.1.0")));
		String run = other.script().run();
		assertThat(namespaces()).contains("adaptive-lab." + run + ".host", "adaptive-lab." + run + ".lan");
		other.script().call("down");
		assertThat(namespaces()).noneMatch((name) -> name.contains(run));
		Awaitility.await().atMost(SOON).until(() -> !program.isAlive());
	}

	@Test
	void onlyWhatTheDeadHaveLeftIsSwept() throws IOException, InterruptedException {
		Process dead = new ProcessBuilder("true").start();
		dead.waitFor();
		List<LabScript> scripts = Stream.of(dead.pid(), dead.pid() + "-2", ProcessHandle.current().pid() + "-hand", "h")
			.map(Object::toString)
			.map(LabScript::new)
			.toList();
		try {
			scripts.forEach((script) -> script.call("host", "host"));
			new LabScript("any").call("sweep");
			assertThat(scripts.stream().filter((script) -> !script.call("list").isEmpty()))
				.containsExactlyElementsOf(scripts.subList(2, 4));
		}
		finally {
			scripts.forEach((script) -> script.call("down"));
		}
	}

	@Test
	void theScriptMakesTheLaboratoryThatItDraws() {
		this.lab.script().call("up");
		assertThat(this.lab.script().call("list")).contains("203.0.113.10/24", "10.1.0.12/24", "10.2.0.11/24");
		assertThat(this.lab.script().tryCall("up").output()).contains("is up");
		assertThat(this.lab.script().tryCall("exec", "left3", "true").output()).contains("There is no left3");
	}

	@Test
	void whoIsNotRootIsToldWhatIsMissing() throws IOException, InterruptedException {
		Process process = new ProcessBuilder("setpriv", "--reuid=65534", "--clear-groups", "bash", "-s", "check")
			.redirectInput(LabScript.path().toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).isNotZero();
		assertThat(output).contains("needs root");
	}

	private static Program probe(Host host) {
		return probe(host, PORT);
	}

	private static Program probe(Host host, int port) {
		Program program = host.run(ProbeProgram.class, port);
		program.await("up");
		return program;
	}

	private static List<String> namespaces() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("/run/netns"))) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

}
