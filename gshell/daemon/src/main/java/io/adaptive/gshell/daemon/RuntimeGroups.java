package io.adaptive.gshell.daemon;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServicePattern;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The groups that are published on this machine, and calls to them.
 */
@Component
class RuntimeGroups implements DisposableBean {

	private static final ServicePattern GROUPS = new ServicePattern("gshell", RunningGroup.PREFIX + "*");

	private final AdaptiveClient client;

	private final ExecutorService calls;

	private final GroupConnections connections;

	RuntimeGroups(AdaptiveClient client, ExecutorService groupCalls) {
		this.client = client.scopes(Scope.OS);
		this.calls = groupCalls;
		this.connections = new GroupConnections(this.client, groupCalls);
	}

	/**
	 * All groups, sorted by name.
	 */
	List<RunningGroup> all() {
		List<RunningGroup> published = this.client.list(GROUPS)
			.stream()
			.map(RunningGroup::of)
			.sorted(Comparator.comparing(RunningGroup::fullName))
			.toList();
		this.connections.forgetLost();
		return published;
	}

	/**
	 * The group of a name and version, if it is published.
	 */
	Optional<RunningGroup> find(String fullName) {
		return all().stream().filter((each) -> each.fullName().equals(fullName)).findFirst();
	}

	/**
	 * Connects to a group for a conversation; the connection is closed by the caller.
	 */
	Connection connect(RunningGroup group) {
		return this.client.connect(group.instance());
	}

	/**
	 * Waits until a group is published, and connects to it.
	 */
	Connection await(String fullName, Duration patience) {
		return this.client.discoverTimeout(patience).discover("gshell", RunningGroup.PREFIX + fullName);
	}

	/**
	 * The number of groups to which a connection is kept.
	 */
	int connected() {
		return this.connections.open();
	}

	/**
	 * Asks a group, over a connection that is kept for the next call. Never blocks; a
	 * request whose limit has passed before there is a connection is not sent.
	 * @param patience longest wait, connecting included
	 * @return the answer; fails with a {@link TimeoutException} if there is none in time,
	 * and with an {@link AdaptiveException} if the group has failed
	 */
	<T> CompletableFuture<T> ask(RunningGroup group, Object request, Class<T> replyType, Duration patience) {
		long end = System.nanoTime() + patience.toNanos();
		return this.connections.to(group)
			.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
			.thenApplyAsync((connection) -> sendRecv(connection, request, replyType, end), this.calls)
			.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static <T> T sendRecv(Connection connection, Object request, Class<T> replyType, long end) {
		Duration left = Duration.ofNanos(end - System.nanoTime());
		if (left.isNegative() || left.isZero()) {
			throw new CompletionException(new TimeoutException());
		}
		try {
			return connection.sendRecv(request, replyType, CallSettings.DEFAULT.timeout(left));
		}
		catch (ReceiveTimeoutException ex) {
			throw new CompletionException(new TimeoutException());
		}
	}

	/**
	 * Asks a group, and waits for its answer.
	 * @throws AdaptiveException if the group has failed, or has not answered in time
	 */
	<T> T call(RunningGroup group, Object request, Class<T> replyType, Duration patience) {
		try {
			return ask(group, request, replyType, patience).join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RemoteException remote) {
				throw new AdaptiveException(remote.code(), Delivery.UNKNOWN, remote.error().message(), remote);
			}
			if (ex.getCause() instanceof TimeoutException) {
				throw silent(group, patience);
			}
			throw (ex.getCause() instanceof AdaptiveException failure) ? failure : ex;
		}
	}

	static AdaptiveException silent(RunningGroup group, Duration patience) {
		return new AdaptiveException(ErrorCode.DEADLINE_EXCEEDED,
				"The group %s has not answered within %s s; look at: gsh log %s".formatted(group.fullName(),
						patience.toSeconds(), group.fullName()));
	}

	/**
	 * Closes the connections; the groups go on.
	 */
	@Override
	public void destroy() {
		this.connections.close();
	}

}
