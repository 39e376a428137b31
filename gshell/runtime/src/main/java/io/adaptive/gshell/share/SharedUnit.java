package io.adaptive.gshell.share;

import java.util.Map;

/**
 * Types that refer to each other, and are loaded by one loader.
 *
 * @param digest SHA-256 of all types that these reach, themselves included
 * @param classes binary names and class files of the types
 * @param others binary names of the other types that they reach, and the digests of those
 */
record SharedUnit(String digest, Map<String, byte[]> classes, Map<String, String> others) {

	SharedUnit {
		classes = Map.copyOf(classes);
		others = Map.copyOf(others);
	}

}
