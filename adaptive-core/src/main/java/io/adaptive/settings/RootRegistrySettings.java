package io.adaptive.settings;

import java.nio.file.Path;

/**
 * The settings of a root registry.
 *
 * @param directory the directory that stores the registrations; used by one registry at a
 * time
 * @param times the lease times, which the registry also sends to the nodes
 * @param relaying whether the registry is also a reverse proxy for nodes that it cannot
 * reach
 */
public record RootRegistrySettings(Path directory, LeaseTimes times, boolean relaying) {

	/**
	 * Creates settings of a relaying registry with the default lease times.
	 * @param directory the directory that stores the registrations
	 */
	public RootRegistrySettings(Path directory) {
		this(directory, LeaseTimes.DEFAULT);
	}

	/**
	 * Creates settings of a relaying registry.
	 * @param directory the directory that stores the registrations
	 * @param times the lease times
	 */
	public RootRegistrySettings(Path directory, LeaseTimes times) {
		this(directory, times, true);
	}

	/**
	 * Returns a copy without relaying. Nodes that the registry cannot reach then need a
	 * gateway.
	 * @return the changed copy
	 */
	public RootRegistrySettings withoutRelaying() {
		return new RootRegistrySettings(this.directory, this.times, false);
	}

}
