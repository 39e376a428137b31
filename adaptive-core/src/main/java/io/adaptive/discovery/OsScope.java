package io.adaptive.discovery;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.registry.Announcer;
import io.adaptive.registry.Lookup;
import io.adaptive.transport.LinkAcceptor;
import io.adaptive.transport.SocketDirectory;
import io.adaptive.transport.SocketPlace;
import io.adaptive.transport.SocketTransport;
import org.jspecify.annotations.Nullable;

/**
 * OS scope: a directory with the sockets of this user's programs. The node's own socket
 * is bound when its first service is announced.
 */
public final class OsScope implements Announcer, Lookup, AutoCloseable {

	private final SocketDirectory directory;

	private final Instance self;

	private final SocketTransport sockets;

	private final LinkAcceptor acceptor;

	private @Nullable SocketPlace place;

	private SocketTransport.@Nullable Listener listener;

	/**
	 * Makes the scope for a node.
	 * @param directory where programs meet
	 * @param self the node
	 * @param sockets listens and dials
	 * @param acceptor decides on links to the node's services
	 */
	public OsScope(SocketDirectory directory, Instance self, SocketTransport sockets, LinkAcceptor acceptor) {
		this.directory = directory;
		this.self = self;
		this.sockets = sockets;
		this.acceptor = acceptor;
	}

	@Override
	public Scope scope() {
		return Scope.OS;
	}

	@Override
	public Announcement announce(ServiceName service) {
		return listeningPlace().publish(service)::close;
	}

	private synchronized SocketPlace listeningPlace() {
		SocketPlace current = this.place;
		if (current == null) {
			current = this.directory.claim(this.self);
			try {
				this.listener = this.sockets.listen(current.socket(), this.acceptor);
				current.bound();
			}
			catch (RuntimeException | Error ex) {
				current.close();
				throw ex;
			}
			this.place = current;
		}
		return current;
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
	 * Returns where the programs of the machine meet.
	 * @return the directory of their sockets
	 */
	public Path directory() {
		return this.directory.path();
	}

	/**
	 * Returns where this node listens.
	 * @return its socket, empty before its first service is announced
	 */
	public synchronized Optional<Path> socket() {
		return Optional.ofNullable(this.place).map(SocketPlace::socket);
	}

	@Override
	public synchronized void close() {
		if (this.listener != null) {
			this.listener.close();
			this.listener = null;
		}
		if (this.place != null) {
			this.place.close();
			this.place = null;
		}
	}

}
