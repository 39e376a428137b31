package io.adaptive.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.benchmark.contestant.Contestant;
import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.load.KeyValues;
import io.adaptive.benchmark.load.Load;
import io.adaptive.benchmark.load.LoadResult;
import io.adaptive.benchmark.load.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one contestant: a client, unless both share a process a server, and a
 * relay if there is one between them.
 */
public final class Rig implements AutoCloseable {

	private final String contestant;

	private final Path directory;

	private final @Nullable ChildProcess relay;

	private final @Nullable ChildProcess server;

	private final ChildProcess client;

	private Rig(String contestant, Path directory, @Nullable ChildProcess relay, @Nullable ChildProcess server,
			ChildProcess client) {
		this.contestant = contestant;
		this.directory = directory;
		this.relay = relay;
		this.server = server;
		this.client = client;
	}

	/**
	 * Starts the processes and connects them.
	 * @param contestant who is measured
	 * @param transport over what
	 * @param jvmOptions options of the processes; {@code %r} in one becomes the role
	 * @return the rig, to be closed by the caller
	 */
	public static Rig start(Contestant contestant, Transport transport, List<String> jvmOptions) {
		Path directory = newDirectory();
		ChildProcess relay = null;
		ChildProcess server = null;
		ChildProcess client = null;
		try {
			long port = 0;
			if (contestant.isRelayed()) {
				relay = start("relay", contestant, transport, directory, 0, jvmOptions);
				port = KeyValues.of(relay.ready()).number("port");
			}
			if (transport != Transport.PROCESS) {
				server = start("serve", contestant, transport, directory, port, jvmOptions);
				port = KeyValues.of(server.ready()).number("port");
			}
			client = start("call", contestant, transport, directory, port, jvmOptions);
			List<String> unused = client.ready();
			return new Rig(contestant.name(), directory, relay, server, client);
		}
		catch (RuntimeException ex) {
			close(client);
			close(server);
			close(relay);
			throw ex;
		}
	}

	private static ChildProcess start(String role, Contestant contestant, Transport transport, Path directory,
			long port, List<String> jvmOptions) {
		List<String> options = jvmOptions.stream()
			.map((option) -> option.replace("%r", role + "-" + contestant.name()))
			.toList();
		return ChildProcess.start(options, role, contestant.name(), transport.toString(), directory.toString(),
				Long.toString(port));
	}

	private static Path newDirectory() {
		try {
			return Files.createTempDirectory("asb");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns who is measured.
	 * @return the contestant's name
	 */
	public String contestant() {
		return this.contestant;
	}

	/**
	 * Runs a load and reads what both processes spent on it.
	 * @param load the load
	 * @return the measurement
	 */
	public Measured measure(Load load) {
		Usage before = serverUsage();
		LoadResult result = LoadResult.of(this.client.ask("load " + load));
		return new Measured(this.contestant, load, result, serverUsage().since(before));
	}

	private Usage serverUsage() {
		return (this.server != null) ? Usage.of(this.server.ask("usage")) : new Usage(0, 0);
	}

	/**
	 * Opens what is then left alone.
	 * @param what {@code streams} or {@code connections}
	 * @param count how many
	 */
	public void open(String what, int count) {
		List<String> unused = this.client.ask(what + " " + count);
	}

	/**
	 * Returns what the client has in use.
	 * @return bytes on and off the heap
	 */
	public long clientMemory() {
		return KeyValues.of(this.client.ask("memory")).number("memory");
	}

	/**
	 * Returns what the server has in use.
	 * @return bytes on and off the heap, 0 without a server
	 */
	public long serverMemory() {
		return (this.server != null) ? KeyValues.of(this.server.ask("memory")).number("memory") : 0;
	}

	@Override
	public void close() {
		close(this.client);
		close(this.server);
		close(this.relay);
		try (Stream<Path> files = Files.walk(this.directory)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void close(@Nullable ChildProcess process) {
		if (process != null) {
			process.close();
		}
	}

}
