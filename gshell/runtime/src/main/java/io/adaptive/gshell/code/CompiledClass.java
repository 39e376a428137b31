package io.adaptive.gshell.code;

/**
 * A class file.
 *
 * @param name the binary name of the class
 * @param file the name of its source file in the bundle
 * @param content the class file
 */
record CompiledClass(String name, String file, byte[] content) {

	String packageName() {
		return this.name.substring(0, Math.max(this.name.lastIndexOf('.'), 0));
	}

}
