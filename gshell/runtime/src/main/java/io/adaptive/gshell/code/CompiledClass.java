package io.adaptive.gshell.code;

/**
 * A class file.
 */
final class CompiledClass {

	private final String name;

	private final String file;

	private final byte[] content;

	/**
	 * Makes a class file.
	 * @param name the binary name of the class
	 * @param file the name of its source file in the bundle
	 * @param content the class file; not to be changed any more
	 */
	CompiledClass(String name, String file, byte[] content) {
		this.name = name;
		this.file = file;
		this.content = content;
	}

	String name() {
		return this.name;
	}

	String file() {
		return this.file;
	}

	byte[] content() {
		return this.content;
	}

	String packageName() {
		return this.name.substring(0, Math.max(this.name.lastIndexOf('.'), 0));
	}

}
