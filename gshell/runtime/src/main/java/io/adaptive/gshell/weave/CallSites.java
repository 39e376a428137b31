package io.adaptive.gshell.weave;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Replaces the uses of the platform that an {@link InsteadOf} names: calls, field reads,
 * and method handles in constants and in the arguments of bootstrap methods. The stack
 * before and after a replaced instruction is the same, so that frames stay valid.
 */
final class CallSites {

	/**
	 * Classes with replacements.
	 */
	static final List<Class<?>> TARGETS = List.of(SystemCalls.class, ConsoleCalls.class, PropertyCalls.class,
			RuntimeCalls.class, ThreadCalls.class, FileCalls.class);

	/**
	 * A member of the platform.
	 *
	 * @param owner internal name of the class at the call site
	 * @param name its name
	 * @param descriptor its descriptor
	 */
	private record Use(String owner, String name, String descriptor) {

	}

	private static final Map<Use, Handle> fields = new HashMap<>();

	private static final Map<Use, Handle> statics = new HashMap<>();

	private static final Map<Use, Handle> virtuals = new HashMap<>();

	static {
		for (Class<?> target : TARGETS) {
			for (Method method : target.getDeclaredMethods()) {
				InsteadOf replaced = method.getAnnotation(InsteadOf.class);
				if (replaced != null) {
					add(method, replaced);
				}
			}
		}
	}

	private CallSites() {
	}

	private static void add(Method method, InsteadOf replaced) {
		Type type = Type.getType(method);
		Handle handle = new Handle(Opcodes.H_INVOKESTATIC, Type.getInternalName(method.getDeclaringClass()),
				method.getName(), type.getDescriptor(), false);
		for (String owner : replaced.value()) {
			String name = owner.replace('.', '/');
			switch (replaced.member()) {
				case STATIC_FIELD ->
					fields.put(new Use(name, method.getName(), type.getReturnType().getDescriptor()), handle);
				case STATIC_METHOD -> statics.put(new Use(name, method.getName(), type.getDescriptor()), handle);
				case INSTANCE_METHOD ->
					virtuals.put(new Use(name, method.getName(), withoutReceiver(type).getDescriptor()), handle);
			}
		}
	}

	private static Type withoutReceiver(Type type) {
		Type[] all = type.getArgumentTypes();
		Type[] rest = new Type[all.length - 1];
		System.arraycopy(all, 1, rest, 0, rest.length);
		return Type.getMethodType(type.getReturnType(), rest);
	}

	/**
	 * Replaces in one method.
	 */
	static void replace(InsnList instructions) {
		for (AbstractInsnNode at = instructions.getFirst(); at != null; at = at.getNext()) {
			if (at instanceof InvokeDynamicInsnNode dynamic) {
				replaceAll(dynamic.bsmArgs, Type.getArgumentTypes(dynamic.desc));
			}
			else if (at instanceof LdcInsnNode constant) {
				constant.cst = constant(constant.cst);
			}
			else {
				Handle target = target(at);
				if (target != null) {
					MethodInsnNode call = new MethodInsnNode(Opcodes.INVOKESTATIC, target.getOwner(), target.getName(),
							target.getDesc(), false);
					instructions.set(at, call);
					at = call;
				}
			}
		}
	}

	private static @Nullable Handle target(AbstractInsnNode at) {
		return switch (at.getOpcode()) {
			case Opcodes.GETSTATIC -> {
				FieldInsnNode field = (FieldInsnNode) at;
				yield fields.get(new Use(field.owner, field.name, field.desc));
			}
			case Opcodes.INVOKESTATIC -> {
				MethodInsnNode call = (MethodInsnNode) at;
				yield statics.get(new Use(call.owner, call.name, call.desc));
			}
			case Opcodes.INVOKEVIRTUAL, Opcodes.INVOKEINTERFACE -> {
				MethodInsnNode call = (MethodInsnNode) at;
				yield virtual(call.owner, call.name, call.desc);
			}
			default -> null;
		};
	}

	/** Each exception class of the platform is an owner of {@code printStackTrace}. */
	private static @Nullable Handle virtual(String owner, String name, String descriptor) {
		boolean trace = owner.startsWith("java/") && name.equals("printStackTrace")
				&& (owner.endsWith("Exception") || owner.endsWith("Error"));
		return virtuals.get(new Use(trace ? "java/lang/Throwable" : owner, name, descriptor));
	}

	private static boolean replaceAll(Object[] constants, Type... captured) {
		boolean changed = false;
		for (int i = 0; i < constants.length; i++) {
			Object replaced = constant(constants[i]);
			if (replaced != constants[i] && accepts(replaced, captured)) {
				constants[i] = replaced;
				changed = true;
			}
		}
		return changed;
	}

	/** Lambdas accept no other type of a captured receiver; they keep the original. */
	private static boolean accepts(Object replaced, Type... captured) {
		if (captured.length == 0 || !(replaced instanceof Handle handle)) {
			return true;
		}
		Type[] parameters = Type.getArgumentTypes(handle.getDesc());
		return parameters.length == 0 || parameters[0].equals(captured[0]);
	}

	private static Object constant(Object constant) {
		if (constant instanceof Handle handle) {
			return handle(handle);
		}
		if (constant instanceof ConstantDynamic dynamic) {
			Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
			for (int i = 0; i < arguments.length; i++) {
				arguments[i] = dynamic.getBootstrapMethodArgument(i);
			}
			return !replaceAll(arguments) ? dynamic : new ConstantDynamic(dynamic.getName(), dynamic.getDescriptor(),
					dynamic.getBootstrapMethod(), arguments);
		}
		return constant;
	}

	private static Handle handle(Handle handle) {
		Use use = new Use(handle.getOwner(), handle.getName(), handle.getDesc());
		Handle target = switch (handle.getTag()) {
			case Opcodes.H_GETSTATIC -> fields.get(use);
			case Opcodes.H_INVOKESTATIC -> statics.get(use);
			case Opcodes.H_INVOKEVIRTUAL, Opcodes.H_INVOKEINTERFACE ->
				virtual(handle.getOwner(), handle.getName(), handle.getDesc());
			default -> null;
		};
		return (target != null) ? target : handle;
	}

}
