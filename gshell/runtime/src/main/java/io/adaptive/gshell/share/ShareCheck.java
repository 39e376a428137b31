package io.adaptive.gshell.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.adaptive.gshell.weave.Weaver;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Checks whether one type, looked at alone, can be shared by jobs: it must be data, have
 * no static state, and have no code that acts for a job or that needs the stop check.
 */
final class ShareCheck {

	private final Map<String, TypeKind> kinds;

	/**
	 * Makes the check.
	 * @param kinds the types of the bundle, by internal names
	 */
	ShareCheck(Map<String, TypeKind> kinds) {
		this.kinds = kinds;
	}

	/**
	 * Checks a type.
	 * @param type its class file, parsed
	 * @param classFile its class file
	 * @return why it cannot be shared; empty if it can
	 */
	Optional<String> refusal(ClassNode type, byte[] classFile) {
		if (kind(type.name) == TypeKind.OTHER) {
			return Optional.of("it is no record, enum or sealed interface");
		}
		List<String> refusals = new ArrayList<>();
		type.interfaces.stream()
			.filter((name) -> !this.kinds.containsKey(name) && !PlatformUse.isInterface(name))
			.forEach((name) -> refusals.add("it implements " + name));
		type.fields.stream()
			.filter((field) -> !isAllowed(type, field))
			.forEach((field) -> refusals.add(isStatic(field) ? "static state " + field.name
					: "the component %s may hold more than data".formatted(field.name)));
		for (MethodNode method : type.methods) {
			new MethodCheck(this.kinds.keySet()).refusal(method).ifPresent(refusals::add);
		}
		if (refusals.isEmpty() && Weaver.leadsToJob(classFile)) {
			refusals.add("its code uses what each job has for its own");
		}
		return refusals.stream().findFirst();
	}

	private TypeKind kind(String name) {
		return this.kinds.getOrDefault(name, TypeKind.OTHER);
	}

	private static boolean isStatic(FieldNode field) {
		return (field.access & Opcodes.ACC_STATIC) != 0;
	}

	private boolean isAllowed(ClassNode type, FieldNode field) {
		boolean isFinal = (field.access & Opcodes.ACC_FINAL) != 0;
		if (!isFinal) {
			return false;
		}
		TypeKind kind = kind(type.name);
		if (isStatic(field)) {
			return field.value != null || (kind == TypeKind.ENUM && isOfEnum(type, field));
		}
		// The objects of an enum are static state.
		return (kind == TypeKind.ENUM)
				? ComponentCheck.isValue(field, (name) -> PlatformUse.isValue(name) || kind(name) == TypeKind.ENUM)
				: ComponentCheck.isData(field, (name) -> PlatformUse.isData(name) || kind(name).isData());
	}

	/** A constant, or the array of all constants, which compilers hand out as a copy. */
	private static boolean isOfEnum(ClassNode type, FieldNode field) {
		boolean constants = (field.access & Opcodes.ACC_SYNTHETIC) != 0 && (field.access & Opcodes.ACC_PRIVATE) != 0
				&& field.desc.equals("[L" + type.name + ";");
		return (field.access & Opcodes.ACC_ENUM) != 0 || constants;
	}

}
