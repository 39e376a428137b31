package io.adaptive.internal.node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.transport.NodeEntries;
import io.adaptive.internal.transport.ProcessTable;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.message.Endpoint;
import io.adaptive.settings.LanSettings;
import org.jspecify.annotations.Nullable;

/**
 * Settings of LAN and WAN from the other programs of this machine. They are read on
 * demand and followed from then on. Settings stay valid until other ones are published,
 * even after the program that published them has ended. Safe for use by many threads.
 */
final class Machine implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Machine.class);

	private final @Nullable SocketDirectory directory;

	private final Consumer<MachineSettings> found;

	private final @Nullable NodeEntries entries;

	private MachineSettings known = MachineSettings.NONE;

	private ProcessTable.@Nullable Registration watch;

	private boolean closed;

	/**
	 * Creates an instance without settings.
	 * @param directory the socket directory of the machine, {@code null} if the node does
	 * not use it
	 * @param found receives settings before {@link #learn} returns, and after each change
	 */
	Machine(@Nullable SocketDirectory directory, Consumer<MachineSettings> found) {
		this.directory = directory;
		this.found = found;
		this.entries = (directory != null) ? new NodeEntries(directory) : null;
	}

	/**
	 * Reads the settings and starts to follow them, unless that was done before.
	 */
	synchronized void learn() {
		if (this.watch == null && this.directory != null && !this.closed) {
			this.watch = this.directory.watch(this::look);
			look();
		}
	}

	private synchronized void look() {
		if (this.entries == null || this.closed) {
			return;
		}
		List<MachineSettings> told = this.entries.told().stream().map(Machine::parse).toList();
		List<LanSettings> lans = new ArrayList<>();
		Set<Endpoint.Tcp> registries = new LinkedHashSet<>();
		Endpoint.Tcp proxy = this.known.proxy();
		for (MachineSettings each : told) {
			if (each.lan() != null) {
				lans.add(each.lan());
			}
			registries.addAll(each.registries());
			proxy = (proxy != null) ? proxy : each.proxy();
		}
		LanSettings lan = (lans.isEmpty() || lans.contains(this.known.lan())) ? this.known.lan() : lans.get(0);
		MachineSettings now = new MachineSettings(lan, List.copyOf(registries), proxy);
		if (!now.equals(this.known)) {
			this.known = now;
			logger.info("settings of this machine {}", now);
			this.found.accept(now);
		}
	}

	private static MachineSettings parse(List<String> lines) {
		try {
			return MachineSettings.parse(lines);
		}
		catch (RuntimeException ex) {
			logger.warn("settings of a program of this machine cannot be read, ignored reason=\"{}\"", ex.getMessage());
			return MachineSettings.NONE;
		}
	}

	@Override
	public void close() {
		ProcessTable.Registration running;
		synchronized (this) {
			this.closed = true;
			running = this.watch;
		}
		if (running != null) {
			running.close();
		}
	}

}
