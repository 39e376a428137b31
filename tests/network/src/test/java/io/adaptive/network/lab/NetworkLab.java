package io.adaptive.network.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A network of hosts on this machine, made by a test and removed after it with all
 * programs that run in it. Where it cannot be made the test is skipped, or fails if
 * {@code ADAPTIVE_NETWORK_LAB=required} is in the environment.
 */
public final class NetworkLab implements BeforeEachCallback, AfterEachCallback {

	private static final AtomicInteger LABS = new AtomicInteger();

	private final LabScript script = new LabScript(ProcessHandle.current().pid() + "-" + LABS.incrementAndGet());

	private final Deque<Program> programs = new ArrayDeque<>();

	private Path directory;

	@Override
	public void beforeEach(ExtensionContext context) throws IOException {
		LabScript.Outcome check = this.script.tryCall("check");
		if (check.status() != 0 && !"required".equals(System.getenv("ADAPTIVE_NETWORK_LAB"))) {
			Assumptions.abort(check.output());
		}
		this.script.call("check");
		this.script.call("sweep");
		// A process of the same number may have left some.
		this.script.call("down");
		this.directory = Files.createTempDirectory("lab");
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException {
		if (this.directory == null) {
			return;
		}
		context.getExecutionException().ifPresent((failure) -> this.programs.forEach(System.out::println));
		while (!this.programs.isEmpty()) {
			this.programs.pop().close();
		}
		this.script.call("down");
		try (Stream<Path> files = Files.walk(this.directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	/**
	 * Makes a LAN.
	 * @param name its name, also that of the interfaces which its hosts have in it
	 * @param prefix the first three bytes of its addresses, such as {@code 10.1.0}
	 * @return the LAN
	 */
	public Lan lan(String name, String prefix) {
		this.script.call("lan", name);
		return new Lan(name, prefix);
	}

	/**
	 * Makes a host.
	 * @param name its name
	 * @param lans where it has an interface; what is for none of them goes to the router
	 * of the first that has one by now
	 * @return the host
	 */
	public Host host(String name, Lan... lans) {
		this.script.call("host", name);
		Host host = new Host(name, this.script, newDirectory(name), this.programs::push);
		for (Lan lan : lans) {
			String address = lan.nextAddress();
			host.join(lan, address);
		}
		Stream.of(lans)
			.flatMap((lan) -> lan.gateway().stream())
			.findFirst()
			.ifPresent((gateway) -> this.script.call("gateway", name, gateway));
		return host;
	}

	private Path newDirectory(String host) {
		try {
			return Files.createDirectory(this.directory.resolve(host));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Makes a router between LANs.
	 * @param name its name
	 * @param lans the LANs, whose hosts made later use it
	 * @return the router
	 */
	public Host router(String name, Lan... lans) {
		Host router = host(name, lans);
		this.script.call("router", name);
		for (Lan lan : lans) {
			lan.gateway(router.address(lan));
		}
		return router;
	}

	/**
	 * Makes a router that hides a LAN behind its own address.
	 * @param name its name
	 * @param outside where it shows its address
	 * @param inside the hidden LAN, whose hosts made later use it
	 * @return the router
	 */
	public Host nat(String name, Lan outside, Lan inside) {
		Host nat = host(name, outside, inside);
		this.script.call("nat", name, outside.name());
		inside.gateway(nat.address(inside));
		return nat;
	}

	LabScript script() {
		return this.script;
	}

}
