package io.adaptive.network.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.adaptive.fixture.ChildJvm;
import org.junit.jupiter.api.Assumptions;

/**
 * A host: a network of its own for the programs that run in it.
 */
public final class Host {

	private static final List<String> SMALL = List.of("-Xms16m", "-Xmx96m", "-Xss512k");

	private final String name;

	private final LabScript script;

	private final Path directory;

	private final Consumer<Program> started;

	private final Map<Lan, String> addresses = new HashMap<>();

	private Duration clock = Duration.ZERO;

	Host(String name, LabScript script, Path directory, Consumer<Program> started) {
		this.name = name;
		this.script = script;
		this.directory = directory;
		this.started = started;
	}

	void join(Lan lan, String address) {
		this.script.call("join", this.name, lan.name(), address + "/24");
		this.addresses.put(lan, address);
	}

	/**
	 * Returns its name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns its address in a LAN.
	 * @param lan a LAN where it has an interface
	 * @return the address
	 */
	public String address(Lan lan) {
		return this.addresses.get(lan);
	}

	/**
	 * Starts a program in a JVM of its own.
	 * @param main its main class, which gets {@code host=} this host's name and
	 * {@code directory=} where its programs keep their files, then the arguments
	 * @param arguments its arguments
	 * @return the program, which ends with the laboratory
	 */
	public Program run(Class<?> main, Object... arguments) {
		List<Object> all = new ArrayList<>(List.of("host=" + this.name, "directory=" + this.directory));
		all.addAll(List.of(arguments));
		List<String> launcher = new ArrayList<>(this.script.command("exec", this.name));
		if (!this.clock.isZero()) {
			// A name space of time belongs to a child only, which is to die with its
			// parent.
			launcher.addAll(List.of("unshare", "--kill-child=KILL", "--time", "--monotonic",
					String.valueOf(this.clock.toSeconds()), "--"));
		}
		Program program = new Program(this.name, ChildJvm.startWith(launcher, SMALL, main, all.toArray()),
				this.clock.toNanos());
		this.started.accept(program);
		return program;
	}

	/**
	 * Sets the monotonic clock of programs that are started later ahead, as it is between
	 * machines, which count from when they were started. The wall clock cannot be
	 * changed.
	 * @param offset by how much, in whole seconds
	 */
	public void clockAhead(Duration offset) {
		Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/ns/time")), "The kernel has no time namespaces");
		this.clock = offset;
	}

	/**
	 * Runs a command and waits for its end.
	 * @param command the command
	 * @return what it printed
	 */
	public String exec(String... command) {
		List<Object> arguments = new ArrayList<>(List.of("exec", this.name));
		arguments.addAll(List.of(command));
		return this.script.call(arguments.toArray());
	}

	/**
	 * Lets a router not even answer who connects to a port of it that is not open, as
	 * many do.
	 * @param lan where
	 */
	public void stealth(Lan lan) {
		this.script.call("stealth", this.name, lan.name());
	}

	/**
	 * Pulls a cable: from now on there is silence.
	 * @param lan at which interface
	 */
	public void unplug(Lan lan) {
		this.script.call("unplug", this.name, lan.name());
	}

	/**
	 * Puts a cable back.
	 * @param lan at which interface
	 */
	public void plug(Lan lan) {
		this.script.call("plug", this.name, lan.name());
	}

	/**
	 * Gives an interface another address in place of its own, as a lease that was not
	 * renewed does.
	 * @param lan at which interface
	 */
	public void changeAddress(Lan lan) {
		String address = lan.nextAddress();
		exec("ip", "address", "flush", "dev", lan.name(), "scope", "global");
		exec("ip", "address", "add", address + "/24", "broadcast", "+", "dev", lan.name());
		this.addresses.put(lan, address);
		route(lan);
	}

	/**
	 * Gives the host one more interface, as a container engine or a VPN does.
	 * @param networkInterface its name
	 * @param address its address, with the length of the prefix
	 */
	public void addInterface(String networkInterface, String address) {
		exec("ip", "link", "add", networkInterface, "type", "veth", "peer", "name", networkInterface + "-peer");
		exec("ip", "address", "add", address, "broadcast", "+", "dev", networkInterface);
		exec("ip", "link", "set", networkInterface + "-peer", "up");
		exec("ip", "link", "set", networkInterface, "up");
	}

	/**
	 * Takes an interface away.
	 * @param networkInterface its name
	 */
	public void removeInterface(String networkInterface) {
		exec("ip", "link", "delete", networkInterface);
	}

	/**
	 * Changes the length of the prefix of an interface's address, and nothing else.
	 * @param lan at which interface
	 * @param prefix the length
	 */
	public void changePrefix(Lan lan, int prefix) {
		exec("ip", "address", "flush", "dev", lan.name(), "scope", "global");
		exec("ip", "address", "add", address(lan) + "/" + prefix, "broadcast", lan.broadcastAddress(), "dev",
				lan.name());
		route(lan);
	}

	/**
	 * Turns an interface off.
	 * @param lan which interface
	 */
	public void interfaceDown(Lan lan) {
		exec("ip", "link", "set", lan.name(), "down");
	}

	/**
	 * Turns an interface on again, with the address that it had.
	 * @param lan which interface
	 */
	public void interfaceUp(Lan lan) {
		exec("ip", "link", "set", lan.name(), "up");
		route(lan);
	}

	private void route(Lan lan) {
		lan.gateway().ifPresent((gateway) -> this.script.call("gateway", this.name, gateway));
	}

	/**
	 * Loses datagrams that reach this host.
	 * @param percent how many of them
	 */
	public void loseDatagrams(int percent) {
		this.script.call("loss", this.name, percent);
	}

	/**
	 * Loses all packets from and to this host, whose link stays up.
	 * @param drop whether it does from now on
	 */
	public void dropPackets(boolean drop) {
		this.script.call("drop", this.name, drop ? "on" : "off");
	}

	@Override
	public String toString() {
		return this.name + this.addresses.values();
	}

}
