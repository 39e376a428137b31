package io.adaptive.gshell.command;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

import io.adaptive.gshell.code.CompiledCode;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes and resources of a program from memory.
 */
final class ProgramLoader extends ClassLoader {

	private final CompiledCode code;

	ProgramLoader(CompiledCode code) {
		super("app", ProgramLoader.class.getClassLoader());
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
	public @Nullable InputStream getResourceAsStream(String name) {
		byte[] content = this.code.resource(name);
		return (content != null) ? new ByteArrayInputStream(content) : super.getResourceAsStream(name);
	}

}
