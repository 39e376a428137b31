package io.adaptive.internal.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.transport.NetworkThreads;
import io.adaptive.internal.transport.Shared;
import io.adaptive.internal.transport.SharedThreads;
import io.adaptive.internal.transport.SocketDirectory;

/**
 * Resources that the nodes of a process share. Threads run only while they have tasks.
 * They run no user code except for non-blocking handlers on event loops, and static
 * initializers of message types.
 *
 * @param network event loops, and the watch of the addresses of the machine
 * @param clock runs the checks of the files of nodes
 * @param warmUp prepares message types
 * @param directories the socket directories, each with one watch
 */
public record SharedResources(NetworkThreads network, ScheduledThreadPoolExecutor clock, ThreadPoolExecutor warmUp,
		Map<DirectoryKey, SocketDirectory> directories) {

	private static final Duration KEEP = Duration.ofSeconds(1);

	/**
	 * Creates resources that are opened for the first node and closed after the last one.
	 * @return the resources, without users
	 */
	public static Shared<SharedResources> counted() {
		return new Shared<>(SharedResources::open, SharedResources::close);
	}

	private static SharedResources open() {
		return new SharedResources(new NetworkThreads(), newClock(), newWarmUpThread(), new ConcurrentHashMap<>());
	}

	private static ScheduledThreadPoolExecutor newClock() {
		ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
				(work) -> SharedThreads.newThread(work, "adaptive-clock"), new ThreadPoolExecutor.DiscardPolicy());
		clock.setKeepAliveTime(KEEP.toMillis(), TimeUnit.MILLISECONDS);
		clock.allowCoreThreadTimeOut(true);
		clock.setRemoveOnCancelPolicy(true);
		return clock;
	}

	/**
	 * Returns the executor of the warm-up, whose thread has the lowest priority if the
	 * machine supports priorities.
	 */
	@SuppressWarnings("ThreadPriorityCheck") // no task relies on the priority
	private static ThreadPoolExecutor newWarmUpThread() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, KEEP.toMillis(), TimeUnit.MILLISECONDS,
				new LinkedBlockingQueue<>(), (work) -> {
					Thread thread = SharedThreads.newThread(work, "adaptive-warm-up");
					thread.setPriority(Thread.MIN_PRIORITY);
					return thread;
				}, new ThreadPoolExecutor.DiscardPolicy());
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

	/**
	 * Opens a socket directory, and creates it if needed.
	 */
	SocketDirectory directory(Path path, boolean shared) {
		return this.directories.computeIfAbsent(new DirectoryKey(path.toAbsolutePath(), shared),
				(key) -> new SocketDirectory(key.path, key.shared));
	}

	private void close(Deadline deadline) {
		this.warmUp.shutdownNow();
		this.clock.shutdownNow();
		this.network.close(deadline);
	}

	/**
	 * Socket directory.
	 *
	 * @param path its absolute path
	 * @param shared whether programs of other users use it, too
	 */
	record DirectoryKey(Path path, boolean shared) {
	}

}
