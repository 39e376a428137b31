package io.adaptive.gshell.code;

import java.nio.file.Path;

/**
 * A jar that an app needs.
 *
 * @param group group of the artifact
 * @param name its name, with its classifier after a colon if it has one
 * @param version its version
 * @param file the jar
 * @param sha256 checksum of the jar, 64 hexadecimal digits
 */
public record Artifact(String group, String name, String version, Path file, String sha256) {

	/**
	 * Group and name, which artifacts of two versions have in common.
	 * @return for example {@code org.example:lib}
	 */
	public String key() {
		return this.group + ":" + this.name;
	}

}
