package io.adaptive.internal.scope.os;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.scope.NearScope;
import io.adaptive.internal.transport.NodeEntries;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.transport.SocketListener;
import io.adaptive.internal.transport.SocketPlace;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.spi.LinkAcceptor;
import org.jspecify.annotations.Nullable;

/**
 * OS scope: a directory with the sockets of this user's programs. The node's own socket
 * is bound when its first service is announced.
 */
public final class OsScope implements NearScope {

	private static final KeyValueLogger logger = KeyValueLogger.of(OsScope.class);

	private static final long LOOK_MILLIS = 500;

	private final SocketDirectory directory;

	private final Instance self;

	private final SocketTransport sockets;

	private final LinkAcceptor acceptor;

	private final ScheduledExecutorService clock;

	private final Supplier<List<Service>> services;

	private @Nullable SocketPlace place;

	private @Nullable SocketListener listener;

	private @Nullable Future<?> keeper;

	private boolean keeperFailed;

	/**
	 * Creates the scope for a node.
	 * @param meeting the shared directory and the node's place in it
	 * @param self the node
	 * @param sockets listens and connects
	 * @param acceptor accepts the links to the node's services
	 * @param services supplies the built-in services of the scope
	 */
	public OsScope(Meeting meeting, Instance self, SocketTransport sockets, LinkAcceptor acceptor,
			Supplier<List<Service>> services) {
		this.place = meeting.place;
		this.directory = meeting.directory;
		this.clock = meeting.clock;
		this.self = self;
		this.sockets = sockets;
		this.acceptor = acceptor;
		this.services = services;
	}

	@Override
	public Scope scope() {
		return Scope.OS;
	}

	@Override
	public List<Service> services() {
		return this.services.get();
	}

	@Override
	public Announcement announce(ServiceName service) {
		return listeningPlace().publish(service)::close;
	}

	/**
	 * Starts to check the files that the node has before its first service.
	 */
	@Override
	public synchronized void start() {
		if (this.place != null) {
			startKeeper();
		}
	}

	/**
	 * Starts periodic checks of the node's files, since other programs may clear the
	 * directory.
	 */
	private synchronized void startKeeper() {
		if (this.keeper == null) {
			this.keeper = this.clock.scheduleWithFixedDelay(this::keep, LOOK_MILLIS, LOOK_MILLIS,
					TimeUnit.MILLISECONDS);
		}
	}

	private void keep() {
		try {
			restore();
			this.keeperFailed = false;
		}
		catch (RuntimeException ex) {
			if (!this.keeperFailed) {
				logger.error("files of this node in the socket directory cannot be made again, tried again", ex);
			}
			this.keeperFailed = true;
		}
	}

	private synchronized void restore() {
		SocketPlace current = this.place;
		List<Path> missing = (current != null) ? current.missing() : List.of();
		if (current == null || missing.isEmpty()) {
			return;
		}
		current.restore();
		if (missing.contains(current.socket())) {
			SocketListener before = this.listener;
			if (before != null) {
				this.listener = null;
				before.close();
			}
			this.listener = this.sockets.listen(current.socket(), this.acceptor);
			current.bound();
			current.restore();
		}
		logger.warn("files of this node in the socket directory were cleared and are made again directory={} files={}",
				this.directory.path(), missing.stream().map(Path::getFileName).toList());
	}

	/**
	 * Returns the missing files of the node. They are restored within a second.
	 * @return the files, usually none
	 */
	public List<Path> missingFiles() {
		SocketPlace current;
		synchronized (this) {
			current = this.place;
		}
		return (current != null) ? current.missing() : List.of();
	}

	private synchronized SocketPlace listeningPlace() {
		SocketPlace current = this.place;
		if (current == null) {
			current = this.directory.exclusively(this::claim);
			this.place = current;
			startKeeper();
		}
		else {
			restore();
		}
		if (this.listener == null) {
			this.listener = this.sockets.listen(current.socket(), this.acceptor);
			current.bound();
		}
		return current;
	}

	/**
	 * Claims a place in the directory, unless a program that was configured in the
	 * meantime uses another provider id for the machine.
	 */
	private SocketPlace claim() {
		for (ProviderId other : new NodeEntries(this.directory).identities().values()) {
			if (!other.equals(this.self.provider())) {
				throw new IllegalStateException(
						("The provider id \"%s\", which this program took at its start, contradicts"
								+ " \"%s\", which a program of this machine was configured with since; start this one again, or"
								+ " configure it with the same")
							.formatted(this.self.provider(), other));
			}
		}
		return this.directory.claim(this.self);
	}

	@Override
	public List<ServiceInstance> find(ServicePattern pattern) {
		return this.directory.find(pattern);
	}

	@Override
	public Watch watch(ServicePattern pattern, Runnable changed) {
		return this.directory.watch(changed)::close;
	}

	/**
	 * Returns the directory of the sockets of the machine's programs.
	 * @return the directory
	 */
	public Path directory() {
		return this.directory.path();
	}

	/**
	 * Returns the socket of this node.
	 * @return the socket, empty before its first service is announced
	 */
	public synchronized Optional<Path> socket() {
		return (this.listener != null) ? Optional.ofNullable(this.place).map(SocketPlace::socket) : Optional.empty();
	}

	/**
	 * Stops listening and removes the files of the node.
	 */
	@Override
	public synchronized void close(Deadline deadline) {
		if (this.keeper != null) {
			this.keeper.cancel(false);
			this.keeper = null;
		}
		if (this.listener != null) {
			this.listener.close(deadline);
			this.listener = null;
		}
		if (this.place != null) {
			this.place.close();
			this.place = null;
		}
	}

	/**
	 * Shared directory of the programs of a machine.
	 *
	 * @param directory the directory
	 * @param place the node's place in it, {@code null} to claim one with the first
	 * service
	 * @param clock runs the checks of the node's files
	 */
	public record Meeting(SocketDirectory directory, @Nullable SocketPlace place, ScheduledExecutorService clock) {
	}

}
