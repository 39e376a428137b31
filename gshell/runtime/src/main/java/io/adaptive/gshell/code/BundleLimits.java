package io.adaptive.gshell.code;

/**
 * The bounds of a bundle, which is held in memory.
 *
 * @param entries the number of files and folders
 * @param bytes the bytes of all files together
 */
record BundleLimits(int entries, long bytes) {

	static final BundleLimits DEFAULT = new BundleLimits(1_000, 32L << 20);

}
