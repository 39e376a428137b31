package io.adaptive.gshell.weave;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Reports pools, timers, sockets, channels, file streams and direct memory of the
 * platform where a job makes them: behind constructors, {@code super} calls of own
 * subclasses, and factory methods. Objects made by reflection, by a constructor reference
 * or inside the platform are not seen.
 */
final class MadeResources {

	private static final Set<String> TYPES = Set.of("java/util/Timer", "java/util/concurrent/ThreadPoolExecutor",
			"java/util/concurrent/ScheduledThreadPoolExecutor", "java/util/concurrent/ForkJoinPool",
			"java/net/ServerSocket", "java/net/Socket", "java/net/DatagramSocket", "java/net/MulticastSocket",
			"java/io/FileInputStream", "java/io/FileOutputStream", "java/io/RandomAccessFile", "java/io/FileReader",
			"java/io/FileWriter");

	private static final Set<String> FACTORIES = Set.of("java/util/concurrent/Executors.newCachedThreadPool",
			"java/util/concurrent/Executors.newFixedThreadPool",
			"java/util/concurrent/Executors.newScheduledThreadPool",
			"java/util/concurrent/Executors.newSingleThreadExecutor",
			"java/util/concurrent/Executors.newSingleThreadScheduledExecutor",
			"java/util/concurrent/Executors.newThreadPerTaskExecutor",
			"java/util/concurrent/Executors.newWorkStealingPool", "java/net/ServerSocket.accept",
			"java/net/http/HttpClient.newHttpClient", "java/net/http/HttpClient$Builder.build",
			"java/nio/channels/AsynchronousChannelGroup.withCachedThreadPool",
			"java/nio/channels/AsynchronousChannelGroup.withFixedThreadPool",
			"java/nio/channels/AsynchronousChannelGroup.withThreadPool",
			"java/nio/channels/AsynchronousServerSocketChannel.open",
			"java/nio/channels/AsynchronousSocketChannel.open", "java/nio/channels/DatagramChannel.open",
			"java/nio/channels/FileChannel.open", "java/nio/channels/Selector.open",
			"java/nio/channels/ServerSocketChannel.accept", "java/nio/channels/ServerSocketChannel.open",
			"java/nio/channels/SocketChannel.open", "java/nio/channels/FileChannel.map",
			"java/nio/ByteBuffer.allocateDirect", "java/nio/file/Files.newByteChannel",
			"java/nio/file/Files.newInputStream", "java/nio/file/Files.newOutputStream",
			"java/nio/file/FileSystem.newWatchService", "com/sun/net/httpserver/HttpServer.create",
			"com/sun/net/httpserver/HttpsServer.create", "javax/net/ServerSocketFactory.createServerSocket",
			"javax/net/SocketFactory.createSocket", "javax/net/ssl/SSLServerSocketFactory.createServerSocket",
			"javax/net/ssl/SSLSocketFactory.createSocket");

	/** Opened without a group of their own, they start threads for the whole JVM. */
	private static final Set<String> CHANNELS = Set.of("java/nio/channels/AsynchronousServerSocketChannel",
			"java/nio/channels/AsynchronousSocketChannel");

	private MadeResources() {
	}

	/**
	 * Adds reports to one method.
	 * @return whether one was added; each needs one place more on the stack
	 */
	static boolean report(MethodNode method) {
		boolean changed = false;
		Deque<TypeInsnNode> pending = new ArrayDeque<>();
		for (AbstractInsnNode at = method.instructions.getFirst(); at != null; at = at.getNext()) {
			if (at.getOpcode() == Opcodes.NEW) {
				pending.push((TypeInsnNode) at);
			}
			else if (at instanceof MethodInsnNode call) {
				InsnList added = call.name.equals("<init>") ? afterConstructor(method, call, pending)
						: afterFactory(call);
				if (added.size() > 0) {
					AbstractInsnNode last = added.getLast();
					method.instructions.insert(at, added);
					if (CHANNELS.contains(call.owner)) {
						method.instructions.insertBefore(at, link("startChannelGroup", "()V"));
					}
					at = last;
					changed = true;
				}
			}
		}
		return changed;
	}

	/**
	 * Compilers nest {@code new} and constructor calls like brackets; where they do not,
	 * nothing is reported.
	 */
	private static InsnList afterConstructor(MethodNode method, MethodInsnNode call, Deque<TypeInsnNode> pending) {
		TypeInsnNode made = pending.peek();
		if (made != null && made.desc.equals(call.owner)) {
			pending.pop();
			boolean kept = made.getNext() != null && made.getNext().getOpcode() == Opcodes.DUP;
			return (kept && TYPES.contains(call.owner)) ? report(new InsnNode(Opcodes.DUP)) : new InsnList();
		}
		boolean parent = made == null && method.name.equals("<init>") && TYPES.contains(call.owner);
		return parent ? report(new VarInsnNode(Opcodes.ALOAD, 0)) : new InsnList();
	}

	private static InsnList afterFactory(MethodInsnNode call) {
		boolean made = Type.getReturnType(call.desc).getSort() == Type.OBJECT
				&& FACTORIES.contains(call.owner + "." + call.name);
		return made ? report(new InsnNode(Opcodes.DUP)) : new InsnList();
	}

	private static InsnList report(AbstractInsnNode load) {
		InsnList added = new InsnList();
		added.add(load);
		added.add(link("made", "(Ljava/lang/Object;)V"));
		return added;
	}

	private static MethodInsnNode link(String name, String descriptor) {
		return new MethodInsnNode(Opcodes.INVOKESTATIC, Type.getInternalName(JobLink.class), name, descriptor, false);
	}

}
