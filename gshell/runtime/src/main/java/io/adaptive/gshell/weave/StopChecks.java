package io.adaptive.gshell.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Adds {@link JobLink#check()} at the entry of a method, before backward jumps and at the
 * beginning of exception handlers. The call takes nothing from the stack and branches
 * nowhere, so that no frame is added and no class is loaded to compute one.
 * <p>
 * A handler that covers its own beginning has no check, since an error thrown there would
 * lead back to it for ever: compilers make such handlers for {@code synchronized}, where
 * the handler releases the monitor and throws on. The same holds for handlers that cover
 * each other in a circle.
 */
final class StopChecks {

	private final MethodNode method;

	private final IdentityHashMap<AbstractInsnNode, Integer> positions = new IdentityHashMap<>();

	private StopChecks(MethodNode method) {
		this.method = method;
		int position = 0;
		for (AbstractInsnNode at = method.instructions.getFirst(); at != null; at = at.getNext()) {
			this.positions.put(at, position++);
		}
	}

	/**
	 * Adds the checks to a method with code.
	 */
	static void add(MethodNode method) {
		StopChecks checks = new StopChecks(method);
		List<AbstractInsnNode> before = new ArrayList<>(checks.backwardJumps());
		before.addAll(checks.handlers());
		before.forEach((at) -> method.instructions.insertBefore(at, check()));
		method.instructions.insert(check());
	}

	private static MethodInsnNode check() {
		return new MethodInsnNode(Opcodes.INVOKESTATIC, Type.getInternalName(JobLink.class), "check", "()V", false);
	}

	private List<AbstractInsnNode> backwardJumps() {
		List<AbstractInsnNode> jumps = new ArrayList<>();
		for (AbstractInsnNode at = this.method.instructions.getFirst(); at != null; at = at.getNext()) {
			int from = position(at);
			if (targets(at).stream().anyMatch((target) -> position(target) < from)) {
				jumps.add(at);
			}
		}
		return jumps;
	}

	private static List<LabelNode> targets(AbstractInsnNode at) {
		if (at instanceof JumpInsnNode jump) {
			return List.of(jump.label);
		}
		List<LabelNode> targets = new ArrayList<>();
		if (at instanceof TableSwitchInsnNode table) {
			targets.addAll(table.labels);
			targets.add(table.dflt);
		}
		else if (at instanceof LookupSwitchInsnNode lookup) {
			targets.addAll(lookup.labels);
			targets.add(lookup.dflt);
		}
		return targets;
	}

	/**
	 * First instructions of the handlers that get a check.
	 */
	private Set<AbstractInsnNode> handlers() {
		Set<AbstractInsnNode> first = new HashSet<>();
		for (TryCatchBlockNode block : this.method.tryCatchBlocks) {
			if (!leadsBack(block.handler)) {
				first.add(firstInstruction(block.handler));
			}
		}
		return first;
	}

	private static AbstractInsnNode firstInstruction(LabelNode handler) {
		AbstractInsnNode at = handler;
		while (at.getOpcode() < 0) {
			at = at.getNext();
		}
		return at;
	}

	/** Whether an error at the handler's beginning can lead to the handler again. */
	private boolean leadsBack(LabelNode handler) {
		Set<LabelNode> seen = new HashSet<>();
		List<LabelNode> open = new ArrayList<>(List.of(handler));
		while (!open.isEmpty()) {
			for (LabelNode next : covering(open.remove(open.size() - 1))) {
				if (next == handler) {
					return true;
				}
				if (seen.add(next)) {
					open.add(next);
				}
			}
		}
		return false;
	}

	private List<LabelNode> covering(LabelNode handler) {
		int at = position(handler);
		return this.method.tryCatchBlocks.stream()
			.filter((block) -> position(block.start) <= at && at < position(block.end))
			.map((block) -> block.handler)
			.toList();
	}

	private int position(AbstractInsnNode at) {
		Integer position = this.positions.get(at);
		if (position == null) {
			throw new IllegalStateException("No instruction of the method " + this.method.name);
		}
		return position;
	}

}
