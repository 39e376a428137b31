import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Makes jars whose classes an archive of the JVM can hold, which takes none of before
 * Java 6 and none of signed jars: such classes become those of Java 17, signatures are left
 * out. A program of the build: {@code ArchivableJar FOLDER JAR...}.
 */
public final class ArchivableJar {

	private static final int VERSION_AT = 6;

	private static final int JAVA_6 = 50;

	private ArchivableJar() {
	}

	public static void main(String[] args) throws IOException {
		Path folder = Files.createDirectories(Path.of(args[0]));
		List<Path> jars = Stream.of(args).skip(1).map(Path::of).toList();
		URL[] types = new URL[jars.size()];
		for (int index = 0; index < types.length; index++) {
			types[index] = jars.get(index).toUri().toURL();
		}
		try (URLClassLoader loader = new URLClassLoader(types, ClassLoader.getPlatformClassLoader())) {
			for (Path jar : jars) {
				copy(jar, folder.resolve(jar.getFileName()), loader);
			}
		}
	}

	private static void copy(Path jar, Path copy, ClassLoader types) throws IOException {
		try (JarFile in = new JarFile(jar.toFile());
				OutputStream file = Files.newOutputStream(copy);
				ZipOutputStream out = new ZipOutputStream(file)) {
			for (ZipEntry entry : Collections.list(in.entries())) {
				if (!isSignature(entry.getName())) {
					copy(in, entry, types, out);
				}
			}
		}
	}

	private static boolean isSignature(String name) {
		return name.startsWith("META-INF/") && name.matches(".*\\.(SF|RSA|DSA|EC)");
	}

	private static void copy(JarFile in, ZipEntry entry, ClassLoader types, ZipOutputStream out) throws IOException {
		ZipEntry copy = new ZipEntry(entry.getName());
		copy.setTime(entry.getTime());
		out.putNextEntry(copy);
		try (InputStream content = in.getInputStream(entry)) {
			byte[] bytes = content.readAllBytes();
			out.write(isOld(entry.getName(), bytes) ? raised(bytes, types) : bytes);
		}
		out.closeEntry();
	}

	private static boolean isOld(String name, byte[] bytes) {
		return name.endsWith(".class") && !name.endsWith("module-info.class")
				&& (bytes[VERSION_AT] << 8 | bytes[VERSION_AT + 1]) < JAVA_6;
	}

	private static byte[] raised(byte[] bytes, ClassLoader types) {
		ClassReader reader = new ClassReader(bytes);
		ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {

			@Override
			protected ClassLoader getClassLoader() {
				return types;
			}

		};
		reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {

			@Override
			public void visit(int version, int access, String name, String signature, String superName,
					String[] interfaces) {
				super.visit(Opcodes.V17, access, name, signature, superName, interfaces);
			}

		}, ClassReader.SKIP_FRAMES);
		return writer.toByteArray();
	}

}
