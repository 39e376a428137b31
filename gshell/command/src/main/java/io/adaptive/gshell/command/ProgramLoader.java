package io.adaptive.gshell.command;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

import io.adaptive.gshell.code.CompiledCode;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes and resources of a program from memory, and else from jars of
 * artifacts.
 */
final class ProgramLoader extends URLClassLoader {

	private final CompiledCode code;

	ProgramLoader(CompiledCode code, List<Path> jars) {
		super("app", jars.stream().map(ProgramLoader::url).toArray(URL[]::new), ProgramLoader.class.getClassLoader());
		this.code = code;
	}

	private static URL url(Path jar) {
		try {
			return jar.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(jar.toString(), ex);
		}
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		byte[] content = this.code.classFile(name);
		return (content != null) ? defineClass(name, content, 0, content.length) : super.findClass(name);
	}

	@Override
	public @Nullable InputStream getResourceAsStream(String name) {
		byte[] content = this.code.resource(name);
		return (content != null) ? new ByteArrayInputStream(content) : super.getResourceAsStream(name);
	}

}
