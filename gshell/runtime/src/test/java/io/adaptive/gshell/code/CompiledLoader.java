package io.adaptive.gshell.code;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * Loads compiled code.
 */
final class CompiledLoader extends ClassLoader {

	private final CompiledCode code;

	CompiledLoader(CompiledCode code) {
		super(ClassLoader.getPlatformClassLoader());
		this.code = code;
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		byte[] content = this.code.classFile(name);
		if (content == null) {
			throw new ClassNotFoundException(name);
		}
		return defineClass(name, content, 0, content.length);
	}

	@Override
	public InputStream getResourceAsStream(String name) {
		byte[] content = this.code.resource(name);
		return (content != null) ? new ByteArrayInputStream(content) : super.getResourceAsStream(name);
	}

}
