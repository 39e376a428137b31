package io.adaptive.gshell.code;

/**
 * A file of a bundle.
 *
 * @param name its path from the root of the repository, with slashes
 * @param size its size in bytes
 * @param sha256 the SHA-256 of its content, 64 hexadecimal digits in lower case
 */
public record CodeFile(String name, long size, String sha256) {

	boolean isSource() {
		return this.name.endsWith(".java");
	}

}
