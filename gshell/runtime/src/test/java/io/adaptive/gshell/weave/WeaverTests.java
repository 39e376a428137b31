package io.adaptive.gshell.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import io.adaptive.gshell.SlowTest;
import org.assertj.core.api.Assertions;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

	@Test
	void aMethodThatWouldBecomeTooLargeHasNoCheck() throws Exception {
		byte[] classFile = generated((method) -> {
			for (int i = 0; i < 16_000; i++) {
				Label begin = new Label();
				method.visitLabel(begin);
				method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
				method.visitInsn(Opcodes.ICONST_0);
				method.visitJumpInsn(Opcodes.IFNE, begin);
			}
			method.visitInsn(Opcodes.RETURN);
			method.visitMaxs(1, 0);
		});
		load(classFile).getMethod("run").invoke(null);
		assertThat(new Weaver().weave(classFile, true)).isEqualTo(new Weaver().weave(classFile, false));
	}

	@Test
	void handlersThatLeadToEachOtherHaveNoCheck() throws Exception {
		byte[] classFile = generated((method) -> {
			Label first = new Label();
			Label second = new Label();
			Label end = new Label();
			method.visitTryCatchBlock(first, second, second, null);
			method.visitTryCatchBlock(second, end, first, null);
			method.visitInsn(Opcodes.ACONST_NULL);
			method.visitLabel(first);
			method.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] { "java/lang/Throwable" });
			method.visitInsn(Opcodes.ATHROW);
			method.visitLabel(second);
			method.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] { "java/lang/Throwable" });
			method.visitInsn(Opcodes.POP);
			method.visitInsn(Opcodes.RETURN);
			method.visitLabel(end);
			method.visitMaxs(1, 0);
		});
		assertThat(checks(classFile)).as("the one of the method's entry").isOne();
		Class<?> type = load(classFile);
		((JobClassLoader) type.getClassLoader()).stop();
		assertThatExceptionOfType(InvocationTargetException.class).isThrownBy(() -> type.getMethod("run").invoke(null))
			.withCause(JobStopped.INSTANCE);
	}

	@Test
	void aReportHasItsPlaceOnTheStack() throws Exception {
		byte[] classFile = generated((method) -> {
			method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/concurrent/Executors", "newCachedThreadPool",
					"()Ljava/util/concurrent/ExecutorService;", false);
			method.visitInsn(Opcodes.POP);
			method.visitInsn(Opcodes.RETURN);
			method.visitMaxs(1, 0);
		});
		assertThat(load(classFile).getDeclaredMethods()).hasSize(1);
	}

	private static int checks(byte[] classFile) {
		ClassNode type = new ClassNode();
		new ClassReader(new Weaver().weave(classFile, true)).accept(type, 0);
		int checks = 0;
		for (AbstractInsnNode at : type.methods.get(0).instructions) {
			checks += (at instanceof MethodInsnNode call && call.name.equals("check")) ? 1 : 0;
		}
		return checks;
	}

	private static byte[] generated(Consumer<MethodVisitor> code) {
		ClassWriter writer = new ClassWriter(0);
		writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Generated", null, "java/lang/Object", null);
		MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "()V", null, null);
		method.visitCode();
		code.accept(method);
		method.visitEnd();
		writer.visitEnd();
		return writer.toByteArray();
	}

	private static Class<?> load(byte[] classFile) throws ClassNotFoundException {
		return new JobClassLoader(ClassLoader.getPlatformClassLoader(),
				new AppClasses(Map.of("Generated", classFile), Map.of(), Set.of(), List.of()), UNUSED)
			.loadClass("Generated");
	}

	/** Listing the methods of a class makes the JVM verify it. */
	private static int verified(Class<?> member) throws Exception {
		Map<String, byte[]> classes = classes(member);
		int verified = 0;
		try (JobClassLoader loader = new JobClassLoader(ClassLoader.getPlatformClassLoader(),
				new AppClasses(classes, Map.of(), Set.of(), List.of()), UNUSED)) {
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
