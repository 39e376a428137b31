package io.adaptive.gshell.weave;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Virtual threads of Java 21 and newer. Used only where a job calls them, and so where
 * they exist.
 */
final class VirtualThreads {

	private static final MethodHandle BUILDER;

	private static final MethodHandle UNSTARTED;

	private static final MethodHandle FACTORY;

	private static final MethodHandle EXECUTOR;

	static {
		MethodHandles.Lookup lookup = MethodHandles.publicLookup();
		try {
			Class<?> builder = Class.forName("java.lang.Thread$Builder");
			Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
			BUILDER = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual))
				.asType(MethodType.methodType(Object.class));
			UNSTARTED = lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class))
				.asType(MethodType.methodType(Thread.class, Object.class, Runnable.class));
			FACTORY = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class))
				.asType(MethodType.methodType(ThreadFactory.class, Object.class));
			EXECUTOR = lookup.findStatic(Executors.class, "newThreadPerTaskExecutor",
					MethodType.methodType(ExecutorService.class, ThreadFactory.class));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Virtual threads need Java 21 or newer", ex);
		}
	}

	private VirtualThreads() {
	}

	static Object builder() {
		try {
			return (Object) BUILDER.invokeExact();
		}
		catch (Throwable ex) {
			throw unchecked(ex);
		}
	}

	static Thread unstarted(Object builder, Runnable task) {
		try {
			return (Thread) UNSTARTED.invokeExact(builder, task);
		}
		catch (Throwable ex) {
			throw unchecked(ex);
		}
	}

	static ThreadFactory factory(Object builder) {
		try {
			return (ThreadFactory) FACTORY.invokeExact(builder);
		}
		catch (Throwable ex) {
			throw unchecked(ex);
		}
	}

	static ExecutorService executor(ThreadFactory factory) {
		try {
			return (ExecutorService) EXECUTOR.invokeExact(factory);
		}
		catch (Throwable ex) {
			throw unchecked(ex);
		}
	}

	/** None of the methods declares a checked exception. */
	private static RuntimeException unchecked(Throwable ex) {
		if (ex instanceof Error error) {
			throw error;
		}
		return (ex instanceof RuntimeException unchecked) ? unchecked : new IllegalStateException(ex);
	}

}
