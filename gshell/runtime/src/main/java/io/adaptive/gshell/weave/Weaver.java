package io.adaptive.gshell.weave;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * Rewrites the classes of a job. Standard streams, exit, system properties, shutdown
 * hooks, child processes, virtual threads and resources lead to the
 * {@link JobEnvironment} of the job whose {@link JobClassLoader} defines the class; with
 * the stop check, code ends where it next enters a method, jumps backward or catches an
 * exception after the loader was told to {@linkplain JobClassLoader#stop() stop}. What a
 * job does by reflection, in hidden classes or in class loaders of its own is not
 * rewritten.
 * <p>
 * The result depends on the class file and on the choice of the check only; no class is
 * loaded. For any number of threads.
 */
public final class Weaver {

	/** Changes with each change of what is woven: part of the key of caches. */
	public static final String VERSION = "2";

	/** Tag of a type in the constant pool. */
	private static final int CONSTANT_CLASS = 7;

	/**
	 * Rewrites a class. A method that would outgrow the class file format's limit of 64
	 * KB gets no stop check.
	 * @param classFile a valid class file, at most of the newest release that the running
	 * platform loads
	 * @param stopCheck whether to add the stop check
	 * @return the rewritten class file
	 * @throws IllegalArgumentException if it cannot be read
	 */
	public byte[] weave(byte[] classFile, boolean stopCheck) {
		Set<String> unchecked = new HashSet<>();
		while (true) {
			ClassReader reader = new ClassReader(classFile);
			ClassWriter writer = new ClassWriter(reader, 0);
			reader.accept(new ClassWeaver(writer, (method) -> stopCheck && !unchecked.contains(method)), 0);
			try {
				return writer.toByteArray();
			}
			catch (MethodTooLargeException ex) {
				if (!stopCheck || !unchecked.add(ex.getMethodName() + ex.getDescriptor())) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Tells whether code uses what each job has for its own, so that weaving leads it to
	 * a job.
	 * @param classFile a valid class file
	 * @return whether weaving without the stop check adds a call
	 */
	public static boolean leadsToJob(byte[] classFile) {
		ClassReader woven = new ClassReader(new Weaver().weave(classFile, false));
		char[] buffer = new char[woven.getMaxStringLength()];
		for (int i = 1; i < woven.getItemCount(); i++) {
			int offset = woven.getItem(i);
			boolean type = offset > 0 && woven.readByte(offset - 1) == CONSTANT_CLASS;
			if (type && JobClassLoader.isLink(woven.readUTF8(offset, buffer).replace('/', '.'))) {
				return true;
			}
		}
		return false;
	}

	private static final class ClassWeaver extends ClassVisitor {

		private final Predicate<String> checked;

		private ClassWeaver(ClassVisitor next, Predicate<String> checked) {
			super(Opcodes.ASM9, next);
			this.checked = checked;
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, @Nullable String signature,
				String @Nullable [] exceptions) {
			MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
			return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
				@Override
				public void visitEnd() {
					if (this.instructions.size() > 0) {
						weave(this);
					}
					accept(next);
				}
			};
		}

		private void weave(MethodNode method) {
			CallSites.replace(method.instructions);
			if (MadeResources.report(method)) {
				method.maxStack++;
			}
			if (this.checked.test(method.name + method.desc)) {
				StopChecks.add(method);
			}
		}

	}

}
