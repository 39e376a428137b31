package io.adaptive.gshell.weave;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

import io.adaptive.gshell.weave.InsteadOf.Member;
import org.jspecify.annotations.Nullable;

import static io.adaptive.gshell.weave.JobLink.ENVIRONMENT;

/**
 * Starts of virtual threads, which belong to no thread group, and the default handler of
 * uncaught exceptions in woven code. Defined anew by each {@link JobClassLoader}; not for
 * use in source code.
 */
public final class ThreadCalls {

	private static final String BUILDER = "java.lang.Thread$Builder";

	private static final String VIRTUAL_BUILDER = "java.lang.Thread$Builder$OfVirtual";

	private static final String PLATFORM_BUILDER = "java.lang.Thread$Builder$OfPlatform";

	private ThreadCalls() {
	}

	@InsteadOf("java.lang.Thread")
	public static @Nullable UncaughtExceptionHandler getDefaultUncaughtExceptionHandler() {
		return ENVIRONMENT.uncaughtExceptionHandler();
	}

	@InsteadOf("java.lang.Thread")
	public static void setDefaultUncaughtExceptionHandler(@Nullable UncaughtExceptionHandler handler) {
		ENVIRONMENT.uncaughtExceptionHandler(handler);
	}

	@InsteadOf("java.lang.Thread")
	public static Thread startVirtualThread(Runnable task) {
		Thread thread = VirtualThreads.unstarted(VirtualThreads.builder(), quiet(task));
		ENVIRONMENT.made(thread);
		thread.start();
		return thread;
	}

	@InsteadOf(value = { BUILDER, VIRTUAL_BUILDER, PLATFORM_BUILDER }, member = Member.INSTANCE_METHOD)
	public static Thread start(Object builder, Runnable task) {
		Thread thread = unstarted(builder, task);
		thread.start();
		return thread;
	}

	@InsteadOf(value = { BUILDER, VIRTUAL_BUILDER, PLATFORM_BUILDER }, member = Member.INSTANCE_METHOD)
	public static Thread unstarted(Object builder, Runnable task) {
		Thread thread = VirtualThreads.unstarted(builder, quiet(task));
		ENVIRONMENT.made(thread);
		return thread;
	}

	@InsteadOf(value = { BUILDER, VIRTUAL_BUILDER, PLATFORM_BUILDER }, member = Member.INSTANCE_METHOD)
	public static ThreadFactory factory(Object builder) {
		ThreadFactory factory = VirtualThreads.factory(builder);
		return (task) -> {
			Thread thread = factory.newThread(quiet(task));
			ENVIRONMENT.made(thread);
			return thread;
		};
	}

	@InsteadOf("java.util.concurrent.Executors")
	public static ExecutorService newVirtualThreadPerTaskExecutor() {
		ExecutorService executor = VirtualThreads.executor(factory(VirtualThreads.builder()));
		ENVIRONMENT.made(executor);
		return executor;
	}

	/**
	 * A virtual thread asks the JVM's default handler: the job's takes its place, and the
	 * error that ends the code of a stopped job is not printed.
	 */
	private static Runnable quiet(Runnable task) {
		Objects.requireNonNull(task);
		return () -> {
			try {
				task.run();
			}
			catch (JobStopped ex) {
				// The thread ends.
			}
			catch (Throwable ex) {
				UncaughtExceptionHandler handler = ENVIRONMENT.uncaughtExceptionHandler();
				Thread thread = Thread.currentThread();
				if (handler == null || !(thread.getUncaughtExceptionHandler() instanceof ThreadGroup)) {
					throw ex;
				}
				handler.uncaughtException(thread, ex);
			}
		};
	}

}
