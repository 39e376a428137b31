package io.adaptive.settings;

import java.nio.file.Path;

/**
 * The settings of a root registry.
 *
 * @param directory where it remembers which nodes are there; of no use to two registries
 * at a time
 * @param times how long it believes what it was told; nodes are told the same
 * @param relaying whether it is a reverse proxy too, for nodes that it cannot reach
 */
public record RootRegistrySettings(Path directory, LeaseTimes times, boolean relaying) {

	/**
	 * Takes the usual times.
	 * @param directory where the registry remembers which nodes are there
	 */
	public RootRegistrySettings(Path directory) {
		this(directory, LeaseTimes.DEFAULT);
	}

	/**
	 * Makes a registry that relays.
	 * @param directory where the registry remembers which nodes are there
	 * @param times how long it believes what it was told
	 */
	public RootRegistrySettings(Path directory, LeaseTimes times) {
		this(directory, times, true);
	}

	/**
	 * Leaves nodes that it cannot reach to gateways.
	 * @return the changed copy
	 */
	public RootRegistrySettings withoutRelaying() {
		return new RootRegistrySettings(this.directory, this.times, false);
	}

}
