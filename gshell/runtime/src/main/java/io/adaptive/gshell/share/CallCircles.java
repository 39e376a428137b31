package io.adaptive.gshell.share;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Finds methods of some types that call themselves, directly or by others of these types.
 * A call of a method that can be overridden counts as one of each method with its name
 * and descriptor.
 */
final class CallCircles {

	/** Types of the platform whose methods the types may override. */
	private static final Set<String> OPEN = Set.of("java/lang/Object", "java/lang/Record", "java/lang/Enum");

	private final Map<String, Set<String>> calls = new HashMap<>();

	private CallCircles(Collection<ClassNode> types) {
		Map<String, Set<String>> byName = new HashMap<>();
		Set<String> names = types.stream().map((type) -> type.name).collect(Collectors.toSet());
		for (ClassNode type : types) {
			for (MethodNode method : type.methods) {
				byName.computeIfAbsent(method.name + method.desc, (key) -> new HashSet<>())
					.add(key(type.name, method.name, method.desc));
			}
		}
		Set<String> known = byName.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
		for (ClassNode type : types) {
			for (MethodNode method : type.methods) {
				this.calls.put(key(type.name, method.name, method.desc),
						calls(method).flatMap((call) -> targets(call, names, byName))
							.filter(known::contains)
							.collect(Collectors.toCollection(HashSet::new)));
			}
		}
	}

	private static String key(String owner, String name, String descriptor) {
		return owner + "." + name + descriptor;
	}

	private static Stream<MethodInsnNode> calls(MethodNode method) {
		List<MethodInsnNode> calls = new ArrayList<>();
		for (AbstractInsnNode at = method.instructions.getFirst(); at != null; at = at.getNext()) {
			if (at instanceof MethodInsnNode call) {
				calls.add(call);
			}
		}
		return calls.stream();
	}

	private static Stream<String> targets(MethodInsnNode call, Set<String> names, Map<String, Set<String>> byName) {
		if (call.getOpcode() == Opcodes.INVOKESPECIAL || call.getOpcode() == Opcodes.INVOKESTATIC) {
			return names.contains(call.owner) ? Stream.of(key(call.owner, call.name, call.desc)) : Stream.of();
		}
		boolean open = names.contains(call.owner) || OPEN.contains(call.owner) || call.itf;
		return open ? byName.getOrDefault(call.name + call.desc, Set.of()).stream() : Stream.of();
	}

	/**
	 * Whether a method can call itself. Methods that call none of the rest are taken away
	 * until none is left, or only those of circles and their callers are.
	 */
	static boolean areIn(Collection<ClassNode> types) {
		Map<String, Set<String>> calls = new CallCircles(types).calls;
		Map<String, Set<String>> callers = new HashMap<>();
		calls.forEach((caller, called) -> called
			.forEach((each) -> callers.computeIfAbsent(each, (key) -> new HashSet<>()).add(caller)));
		List<String> leaves = new ArrayList<>(calls.keySet().stream().filter((key) -> isLeaf(key, calls)).toList());
		int removed = 0;
		while (!leaves.isEmpty()) {
			String leaf = leaves.remove(leaves.size() - 1);
			removed++;
			for (String caller : callers.getOrDefault(leaf, Set.of())) {
				calls.getOrDefault(caller, Set.of()).remove(leaf);
				if (isLeaf(caller, calls)) {
					leaves.add(caller);
				}
			}
		}
		return removed < calls.size();
	}

	private static boolean isLeaf(String method, Map<String, Set<String>> calls) {
		return calls.getOrDefault(method, Set.of()).isEmpty();
	}

}
