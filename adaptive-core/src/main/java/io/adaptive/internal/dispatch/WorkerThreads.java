package io.adaptive.internal.dispatch;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.internal.message.ContextLoader;
import io.adaptive.settings.WorkerKind;

/**
 * Factory of the threads of one pool, platform or virtual; the only class that
 * distinguishes them. All are daemons.
 * <p>
 * A pool grows on the thread that happens to bring a message, so its threads inherit
 * neither that thread's inheritable thread locals nor its class loader. A worker would
 * keep that loader alive and expose it to other handlers.
 */
class WorkerThreads {

	private final String name;

	private final WorkerKind kind;

	private final ThreadGroup group = Thread.currentThread().getThreadGroup();

	private final ContextLoader loader = ContextLoader.current();

	private final AtomicLong number = new AtomicLong();

	/**
	 * Creates a factory whose threads have the context class loader of the calling
	 * thread.
	 * @throws IllegalArgumentException if the running Java has no threads of that kind
	 */
	WorkerThreads(WorkerKind kind) {
		this(kind, "adaptive-worker");
	}

	private WorkerThreads(WorkerKind kind, String name) {
		this.kind = kind.resolve(Runtime.version().feature());
		this.name = name;
	}

	/**
	 * Returns a factory of the same kind with another thread name.
	 */
	WorkerThreads named(String name) {
		return new WorkerThreads(this.kind, name);
	}

	/**
	 * Returns the kind of the threads, never {@link WorkerKind#AUTO}.
	 */
	WorkerKind kind() {
		return this.kind;
	}

	boolean areVirtual() {
		return this.kind == WorkerKind.VIRTUAL;
	}

	/**
	 * Returns a new worker thread, not started.
	 */
	Thread newWorker(Runnable work) {
		return newThread(this.name + "-" + this.number.incrementAndGet(), work);
	}

	/**
	 * Returns a new thread, not started.
	 */
	Thread newThread(String name, Runnable work) {
		return this.loader.on(areVirtual() ? Virtual.newThread(name, work) : newPlatformThread(name, work));
	}

	// The priority is set only to not inherit another.
	@SuppressWarnings("ThreadPriorityCheck")
	private Thread newPlatformThread(String name, Runnable work) {
		Thread thread = new Thread(this.group, work, name, 0, false);
		thread.setDaemon(true);
		thread.setPriority(Thread.NORM_PRIORITY);
		return thread;
	}

	/**
	 * {@code Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).unstarted(work)}
	 * for byte code of Java 17. Touched only where virtual threads exist.
	 */
	private static final class Virtual {

		private static final MethodHandle NEW_THREAD = find();

		static Thread newThread(String name, Runnable work) {
			try {
				return (Thread) NEW_THREAD.invokeExact(name, work);
			}
			catch (RuntimeException | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static MethodHandle find() {
			try {
				MethodHandles.Lookup lookup = MethodHandles.publicLookup();
				Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
				MethodHandle builder = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(type));
				MethodHandle name = lookup.findVirtual(type, "name", MethodType.methodType(type, String.class));
				MethodHandle inherit = lookup.findVirtual(type, "inheritInheritableThreadLocals",
						MethodType.methodType(type, boolean.class));
				MethodHandle unstarted = lookup.findVirtual(type, "unstarted",
						MethodType.methodType(Thread.class, Runnable.class));
				MethodHandle named = MethodHandles.filterReturnValue(MethodHandles.collectArguments(name, 0, builder),
						MethodHandles.insertArguments(inherit, 1, false));
				return MethodHandles.collectArguments(unstarted, 0, named);
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException("This Java has no virtual threads", ex);
			}
		}

	}

}
