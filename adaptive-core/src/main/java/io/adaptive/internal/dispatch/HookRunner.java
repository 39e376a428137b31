package io.adaptive.internal.dispatch;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.stream.SerialQueue;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.ErrorInfo;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs the hooks of a service on its workers, each exactly once: the hook of a connection
 * before those of its streams, the opening hook of a stream before the stream's first
 * handler. A thread that needs an opening hook to be done runs it itself, since all
 * workers may be busy.
 */
final class HookRunner {

	private static final KeyValueLogger logger = KeyValueLogger.of(HookRunner.class);

	private final ServiceHooks hooks;

	private final Executor workers;

	/** Whether the service has no hooks. */
	private final boolean idle;

	/**
	 * By identity: two connections of one peer may be equal in all their information.
	 */
	private final Map<ConnectionInfo, ConnectionHooks> connections = Collections
		.synchronizedMap(new IdentityHashMap<>());

	private final Map<StreamContext, Once> streams = new ConcurrentHashMap<>();

	/**
	 * Creates the hook runner of a service.
	 * @param workers runs hooks, also after the node has been closed: no hook may be lost
	 */
	HookRunner(ServiceHooks hooks, Executor workers) {
		this.hooks = hooks;
		this.workers = workers;
		this.idle = hooks.equals(ServiceHooks.NONE);
	}

	/**
	 * Runs the connect hook, which accepts or refuses a connection.
	 * @param executor runs the hook
	 * @return completes when the hook has returned, exceptionally if it refuses; {@code
	 * null} if there is no hook
	 */
	@Nullable CompletionStage<?> admit(ConnectionInfo connection, Executor executor) {
		if (this.hooks.connected() == ServiceHooks.NONE.connected()) {
			return null;
		}
		CompletableFuture<@Nullable Void> admission = new CompletableFuture<>();
		Once done = new Once(() -> {
		});
		this.connections.put(connection, new ConnectionHooks(done, new SerialQueue()));
		executor.execute(() -> {
			ConnectionRefusedException refusal = connect(connection);
			if (refusal == null) {
				admission.complete(null);
				return;
			}
			this.connections.remove(connection);
			admission.completeExceptionally(refusal);
		});
		return admission;
	}

	/**
	 * Runs the connect hook.
	 * @return the refusal, {@code null} if the hook accepts the connection
	 */
	private @Nullable ConnectionRefusedException connect(ConnectionInfo connection) {
		try {
			this.hooks.connected().accept(connection);
		}
		catch (AdaptiveException ex) {
			ErrorInfo refusal = ErrorInfo.of(ex, "");
			logger.debug("connection refused by hook service={} peer={} reason=\"{}\"", connection.service(),
					connection.peer(), refusal);
			return new ConnectionRefusedException(refusal.code(), refusal.message());
		}
		catch (Throwable ex) {
			logger.warn("hook failed", ex);
		}
		return null;
	}

	void connected(ConnectionInfo connection) {
		if (this.idle || this.connections.containsKey(connection)) {
			return;
		}
		Once opening = new Once(() -> this.hooks.connected().accept(connection));
		this.connections.put(connection, new ConnectionHooks(opening, new SerialQueue()));
		execute(opening::run);
	}

	void streamOpened(StreamContext stream) {
		ConnectionHooks connection = this.connections.get(stream.connection());
		if (connection == null) {
			return;
		}
		Once opening = new Once(() -> {
			connection.opening.run();
			this.hooks.streamOpened().accept(stream);
		});
		this.streams.put(stream, opening);
		execute(opening::run);
	}

	/**
	 * Returns whether the stream's opening hook is done, without waiting for it.
	 */
	boolean isOpened(StreamContext stream) {
		Once opening = this.idle ? null : this.streams.get(stream);
		return opening == null || opening.finished;
	}

	/**
	 * Ensures that the stream's opening hook is done. May wait for application code.
	 */
	void ensureOpened(StreamContext stream) {
		Once opening = this.idle ? null : this.streams.get(stream);
		if (opening != null) {
			opening.run();
		}
	}

	void streamClosed(StreamContext stream) {
		Once opening = this.streams.remove(stream);
		ConnectionHooks connection = this.connections.get(stream.connection());
		if (opening != null && connection != null) {
			inOrder(connection, () -> {
				opening.run();
				this.hooks.streamClosed().accept(stream);
			});
		}
	}

	void disconnected(ConnectionInfo info, ErrorInfo cause) {
		ConnectionHooks connection = this.connections.remove(info);
		if (connection != null) {
			inOrder(connection, () -> {
				connection.opening.run();
				this.hooks.disconnected().accept(info, cause);
			});
		}
	}

	private void inOrder(ConnectionHooks connection, Runnable hook) {
		connection.closings.execute((done) -> execute(() -> {
			try {
				hook.run();
			}
			finally {
				done.run();
			}
		}));
	}

	private void execute(Runnable hook) {
		this.workers.execute(() -> guarded(hook));
	}

	/**
	 * Runs a hook. A failure is logged and does not affect the stream and its handlers.
	 */
	private static void guarded(Runnable hook) {
		try {
			hook.run();
		}
		catch (Throwable ex) {
			logger.warn("hook failed", ex);
		}
	}

	private record ConnectionHooks(Once opening, SerialQueue closings) {
	}

	/**
	 * A hook that runs once. A second caller waits while it runs.
	 */
	private static final class Once {

		private final ReentrantLock lock = new ReentrantLock();

		private final Runnable hook;

		private boolean begun;

		private volatile boolean finished;

		Once(Runnable hook) {
			this.hook = hook;
		}

		void run() {
			if (this.finished) {
				return;
			}
			this.lock.lock();
			try {
				if (!this.begun) {
					this.begun = true;
					guarded(this.hook);
					this.finished = true;
				}
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
