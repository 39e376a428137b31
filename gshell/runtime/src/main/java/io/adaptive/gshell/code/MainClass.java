package io.adaptive.gshell.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.adaptive.gshell.code.SourceHeader.MainReference;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds the class to start. Every node starts {@code public static void main(String[])}
 * only: the other forms of {@code main} exist on Java 25 and newer.
 */
final class MainClass {

	private static final String FORM = "public static void main(String[])";

	private final CodeBundle bundle;

	private final Map<String, SourceHeader> headers;

	private final Map<String, CompiledClass> classes = new HashMap<>();

	MainClass(CodeBundle bundle, Map<String, SourceHeader> headers, List<CompiledClass> classes) {
		this.bundle = bundle;
		this.headers = headers;
		classes.forEach((compiled) -> this.classes.put(compiled.name(), compiled));
	}

	String find() {
		String declared = null;
		for (Map.Entry<String, SourceHeader> entry : this.headers.entrySet()) {
			MainReference reference = entry.getValue().mainClass();
			if (reference != null && this.bundle.isOwn(entry.getKey())) {
				String place = "%s:%s: //MAIN %s".formatted(entry.getKey(), reference.line(), reference.name());
				check(place, reference.name());
				if (declared != null && !declared.equals(reference.name())) {
					throw new CodeException("%s: another file names %s; keep one of them".formatted(place, declared));
				}
				declared = reference.name();
			}
		}
		return (declared != null) ? declared : findOnly();
	}

	private void check(String place, String name) {
		if (!this.classes.containsKey(name)) {
			throw new CodeException(
					"%s: there is no such class in the app; name one with its package".formatted(place));
		}
		for (CompiledClass next = this.classes.get(name); next != null;) {
			ClassFileMethods methods = ClassFileMethods.of(next);
			if (methods.hasMain) {
				return;
			}
			next = this.classes.get(methods.superClass);
		}
		throw new CodeException("%s: the class has no %s; add it, or name another class".formatted(place, FORM));
	}

	private String findOnly() {
		List<String> found = withMain((methods) -> methods.hasMain);
		if (found.size() == 1) {
			return found.get(0);
		}
		if (found.isEmpty()) {
			List<String> others = withMain((methods) -> methods.hasOtherMain);
			throw new CodeException("%s has no class with %s%s; add one".formatted(this.bundle.app(), FORM,
					others.isEmpty() ? "" : " (the main of %s has another form)".formatted(String.join(", ", others))));
		}
		throw new CodeException("%s has %s classes with %s: %s; name one by //MAIN".formatted(this.bundle.app(),
				found.size(), FORM, String.join(", ", found)));
	}

	private List<String> withMain(Predicate<ClassFileMethods> condition) {
		Stream<CompiledClass> own = this.classes.values()
			.stream()
			.filter((compiled) -> this.bundle.isOwn(compiled.file()));
		return own.filter((compiled) -> condition.test(ClassFileMethods.of(compiled)))
			.map(CompiledClass::name)
			.sorted(CodeBundle.BY_BYTES)
			.toList();
	}

	/**
	 * Methods named {@code main} of a class file.
	 */
	private static final class ClassFileMethods extends ClassVisitor {

		private String superClass = "";

		private boolean hasMain;

		private boolean hasOtherMain;

		private ClassFileMethods() {
			super(Opcodes.ASM9);
		}

		static ClassFileMethods of(CompiledClass compiled) {
			ClassFileMethods methods = new ClassFileMethods();
			new ClassReader(compiled.content()).accept(methods, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
			return methods;
		}

		@Override
		public void visit(int version, int access, String name, @Nullable String signature, @Nullable String parent,
				String @Nullable [] interfaces) {
			this.superClass = (parent != null) ? parent.replace('/', '.') : "";
		}

		@Override
		public @Nullable MethodVisitor visitMethod(int access, String name, String descriptor,
				@Nullable String signature, String @Nullable [] exceptions) {
			if (name.equals("main")) {
				int form = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
				boolean launched = descriptor.equals("([Ljava/lang/String;)V") && (access & form) == form;
				this.hasMain |= launched;
				this.hasOtherMain |= !launched;
			}
			return null;
		}

	}

}
