package io.adaptive.builtin;

import java.nio.file.Path;

import io.adaptive.registry.LeaseTimes;

/**
 * The settings of a root registry.
 *
 * @param directory where it remembers which nodes are there; of no use to two registries
 * at a time
 * @param times how long it believes what it was told; nodes are told the same
 */
public record RootRegistrySettings(Path directory, LeaseTimes times) {

	/**
	 * Takes the usual times.
	 * @param directory where the registry remembers which nodes are there
	 */
	public RootRegistrySettings(Path directory) {
		this(directory, LeaseTimes.DEFAULT);
	}

}
