package io.adaptive.gshell.share;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Kinds of types, as far as sharing them is concerned.
 */
enum TypeKind {

	/** A record. */
	RECORD,

	/** An enum, or the class of a constant with a body. */
	ENUM,

	/** A sealed interface: its subtypes are known. */
	SEALED_INTERFACE,

	/** An annotation type. */
	ANNOTATION,

	/** A class or interface with nested types and nothing else. */
	HOLDER,

	/** Any other type. */
	OTHER;

	static TypeKind of(ClassNode type) {
		if ((type.access & Opcodes.ACC_ANNOTATION) != 0) {
			return ANNOTATION;
		}
		if ((type.access & Opcodes.ACC_ENUM) != 0) {
			return ENUM;
		}
		if ("java/lang/Record".equals(type.superName)) {
			return RECORD;
		}
		if (isHolder(type)) {
			return HOLDER;
		}
		boolean sealed = type.permittedSubclasses != null && !type.permittedSubclasses.isEmpty();
		return (sealed && (type.access & Opcodes.ACC_INTERFACE) != 0) ? SEALED_INTERFACE : OTHER;
	}

	private static boolean isHolder(ClassNode type) {
		return type.nestMembers != null && !type.nestMembers.isEmpty() && type.permittedSubclasses == null
				&& "java/lang/Object".equals(type.superName) && type.interfaces.isEmpty() && type.fields.isEmpty()
				&& type.methods.stream().allMatch(TypeKind::isDefaultConstructor);
	}

	private static boolean isDefaultConstructor(MethodNode method) {
		return method.name.equals("<init>") && method.desc.equals("()V");
	}

	/**
	 * Whether a component of a shared record may have the type.
	 */
	boolean isData() {
		return this == RECORD || this == ENUM || this == SEALED_INTERFACE;
	}

}
