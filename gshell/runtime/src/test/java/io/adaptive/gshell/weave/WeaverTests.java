package io.adaptive.gshell.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import io.adaptive.gshell.SlowTest;
import org.assertj.core.api.Assertions;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Woven classes of real libraries, verified by the JVM.
 */
class WeaverTests {

	private static final JobEnvironment UNUSED = (JobEnvironment) Proxy.newProxyInstance(
			WeaverTests.class.getClassLoader(), new Class<?>[] { JobEnvironment.class }, (proxy, method, arguments) -> {
				throw new UnsupportedOperationException(method.getName());
			});

	@ParameterizedTest
	@ValueSource(classes = { ClassWriter.class, LoggerFactory.class })
	void smallLibrariesAreValidAfterWeaving(Class<?> member) throws Exception {
		assertThat(verified(member)).isGreaterThan(300);
	}

	@SlowTest
	@ParameterizedTest
	@ValueSource(classes = { BatchCompiler.class, Assertions.class, Test.class })
	void largeLibrariesAreValidAfterWeaving(Class<?> member) throws Exception {
		System.out.println(member.getName() + ": " + verified(member) + " methods");
	}

	@Test
	void weavingIsRepeatable() throws Exception {
		Map<String, byte[]> classes = classes(ClassWriter.class);
		byte[] classFile = classes.get(ClassWriter.class.getName());
		Weaver weaver = new Weaver();
		assertThat(weaver.weave(classFile, true)).isEqualTo(weaver.weave(classFile, true))
			.isNotEqualTo(weaver.weave(classFile, false));
	}

	/** Listing the methods of a class makes the JVM verify it. */
	private static int verified(Class<?> member) throws Exception {
		Map<String, byte[]> classes = classes(member);
		int verified = 0;
		try (JobClassLoader loader = new JobClassLoader(ClassLoader.getPlatformClassLoader(), classes, Map.of(),
				Set.of(), UNUSED)) {
			for (String name : classes.keySet()) {
				try {
					Class<?> type = Class.forName(name, false, loader);
					assertThat(type.getClassLoader()).isSameAs(loader);
					verified += type.getDeclaredMethods().length;
				}
				catch (NoClassDefFoundError ex) {
					// An optional dependency of the library.
				}
			}
		}
		return verified;
	}

	private static Map<String, byte[]> classes(Class<?> member) throws IOException, URISyntaxException {
		Path jar = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
		Map<String, byte[]> classes = new HashMap<>();
		try (JarFile file = new JarFile(jar.toFile())) {
			for (JarEntry entry : file.stream().toList()) {
				String name = entry.getName();
				if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
					try (InputStream in = file.getInputStream(entry)) {
						classes.put(name.substring(0, name.length() - ".class".length()).replace('/', '.'),
								in.readAllBytes());
					}
				}
			}
		}
		return classes;
	}

}
