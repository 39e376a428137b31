package io.adaptive.gshell.daemon;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.ServiceInstance;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Connections of the daemon for calls, one to each process of a group. A connection is
 * kept until it is lost, at the latest with the end of the process, and replaced by the
 * next call. One that is kept or replaced is not closed: a call of another thread may
 * wait for its answer. Thread-safe.
 */
final class GroupConnections implements AutoCloseable {

	private final AdaptiveClient client;

	private final Executor executor;

	private final Map<ServiceInstance, CompletableFuture<Connection>> kept = new ConcurrentHashMap<>();

	/**
	 * Creates them.
	 * @param executor runs the attempts to connect, each in a thread; one to a process
	 */
	GroupConnections(AdaptiveClient client, Executor executor) {
		this.client = client;
		this.executor = executor;
	}

	/**
	 * The connection to a group, which the caller must not close. All callers wait for
	 * the same attempt to connect, each with a limit of its own. Never blocks.
	 * @return a future of the caller's; fails with an
	 * {@link io.adaptive.message.AdaptiveException} if the group cannot be reached
	 */
	CompletableFuture<Connection> to(RunningGroup group) {
		return this.kept.compute(group.instance(), this::current).copy();
	}

	private CompletableFuture<Connection> current(ServiceInstance instance,
			@Nullable CompletableFuture<Connection> before) {
		return (before != null && !isLost(before)) ? before
				: CompletableFuture.supplyAsync(() -> this.client.connect(instance), this.executor);
	}

	private static boolean isLost(CompletableFuture<Connection> connection) {
		return connection.isDone() && !isOpen(connection);
	}

	private static boolean isOpen(CompletableFuture<Connection> connection) {
		return connection.isDone() && !connection.isCompletedExceptionally() && connection.join().isOpen();
	}

	/**
	 * Forgets connections that are lost.
	 */
	void forgetLost() {
		this.kept.values().removeIf(GroupConnections::isLost);
	}

	/**
	 * The number of connections that are open.
	 */
	int open() {
		return (int) this.kept.values().stream().filter(GroupConnections::isOpen).count();
	}

	@Override
	public void close() {
		this.kept.values().forEach((each) -> each.thenAccept(Connection::close));
	}

}
