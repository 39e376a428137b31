package io.adaptive.gshell.share;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * Checks the code of one method. A shared type has no stop check, as the check is that of
 * one job; so its code must end by itself: no loop, and nothing that the platform may
 * call again and again.
 */
final class MethodCheck {

	private final Set<String> bundle;

	MethodCheck(Set<String> bundle) {
		this.bundle = bundle;
	}

	/**
	 * Checks a method.
	 * @return why a type with it cannot be shared; empty if it can
	 */
	Optional<String> refusal(MethodNode method) {
		String reason = modifiers(method);
		InsnList instructions = method.instructions;
		for (AbstractInsnNode at = instructions.getFirst(); at != null && reason == null; at = at.getNext()) {
			reason = instruction(at, instructions);
		}
		return Optional.ofNullable(reason).map((text) -> "%s in the method %s".formatted(text, method.name));
	}

	private static @Nullable String modifiers(MethodNode method) {
		if ((method.access & (Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED)) != 0) {
			return "a lock or native code";
		}
		return method.name.equals("finalize") ? "a finalizer" : null;
	}

	private @Nullable String instruction(AbstractInsnNode at, InsnList all) {
		if (at.getOpcode() == Opcodes.MONITORENTER) {
			return "a lock";
		}
		if (jumpsBack(at, all)) {
			return "a loop";
		}
		if (at instanceof MethodInsnNode call) {
			boolean own = this.bundle.contains(call.owner) || call.owner.startsWith("[");
			return (own || PlatformUse.mayCall(call.owner, call.name)) ? null
					: "a call of %s.%s".formatted(call.owner, call.name);
		}
		if (at instanceof FieldInsnNode field) {
			boolean own = this.bundle.contains(field.owner) || field.getOpcode() == Opcodes.GETSTATIC;
			return own ? null : "a use of %s.%s".formatted(field.owner, field.name);
		}
		if (at instanceof InvokeDynamicInsnNode dynamic) {
			return PlatformUse.isBootstrap(dynamic.bsm.getOwner()) ? null : "a lambda or method reference";
		}
		boolean handle = at instanceof LdcInsnNode constant
				&& (constant.cst instanceof Handle || constant.cst instanceof ConstantDynamic);
		return handle ? "a method handle" : null;
	}

	private static boolean jumpsBack(AbstractInsnNode at, InsnList all) {
		int from = all.indexOf(at);
		if (at instanceof JumpInsnNode jump) {
			return all.indexOf(jump.label) < from;
		}
		if (at instanceof TableSwitchInsnNode table) {
			return all.indexOf(table.dflt) < from || anyBefore(table.labels, all, from);
		}
		return at instanceof LookupSwitchInsnNode lookup
				&& (all.indexOf(lookup.dflt) < from || anyBefore(lookup.labels, all, from));
	}

	private static boolean anyBefore(Iterable<LabelNode> labels, InsnList all, int from) {
		for (LabelNode label : labels) {
			if (all.indexOf(Objects.requireNonNull(label)) < from) {
				return true;
			}
		}
		return false;
	}

}
