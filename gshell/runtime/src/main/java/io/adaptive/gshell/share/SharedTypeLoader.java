package io.adaptive.gshell.share;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loader of types that refer to each other. The types they reach besides are those of
 * other loaders of this kind, or of the parent.
 * <p>
 * The classes of a job are in another run-time package, also where the name is the same:
 * what is not private is made public when a type is defined.
 */
public final class SharedTypeLoader extends ClassLoader {

	static {
		registerAsParallelCapable();
	}

	private final Map<String, byte[]> classes;

	private final Map<String, SharedTypeLoader> others;

	private volatile boolean ended;

	SharedTypeLoader(ClassLoader parent, Map<String, byte[]> classes, Map<String, SharedTypeLoader> others) {
		super("gshell-types", parent);
		this.classes = classes;
		this.others = Map.copyOf(others);
	}

	/**
	 * Whether no job uses its types any more.
	 */
	public boolean isEnded() {
		return this.ended;
	}

	void end() {
		this.ended = true;
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		SharedTypeLoader other = this.others.get(name);
		if (other != null) {
			return other.loadClass(name);
		}
		byte[] classFile = this.classes.get(name);
		if (classFile == null) {
			throw new ClassNotFoundException(name + " is not named by the types that jobs share");
		}
		byte[] opened = opened(classFile);
		return defineClass(name, opened, 0, opened.length);
	}

	private static byte[] opened(byte[] classFile) {
		ClassReader reader = new ClassReader(classFile);
		ClassWriter writer = new ClassWriter(reader, 0);
		reader.accept(new Opening(writer), 0);
		return writer.toByteArray();
	}

	private static final class Opening extends ClassVisitor {

		private Opening(ClassVisitor next) {
			super(Opcodes.ASM9, next);
		}

		private static int open(int access) {
			return ((access & Opcodes.ACC_PRIVATE) != 0) ? access
					: (access & ~Opcodes.ACC_PROTECTED) | Opcodes.ACC_PUBLIC;
		}

		@Override
		public void visit(int version, int access, String name, @Nullable String signature, @Nullable String superName,
				String @Nullable [] interfaces) {
			super.visit(version, open(access), name, signature, superName, interfaces);
		}

		@Override
		public FieldVisitor visitField(int access, String name, String descriptor, @Nullable String signature,
				@Nullable Object value) {
			return super.visitField(open(access), name, descriptor, signature, value);
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
				String @Nullable [] exceptions) {
			int opened = name.equals("<clinit>") ? access : open(access);
			return super.visitMethod(opened, name, descriptor, signature, exceptions);
		}

	}

}
