package io.adaptive.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;

import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;

/**
 * What one node has in the socket directory.
 */
public final class SocketPlace implements AutoCloseable {

	private final SocketDirectory directory;

	private final Instance instance;

	private final String node;

	private final FileChannel lock;

	SocketPlace(SocketDirectory directory, Instance instance) throws IOException {
		this.directory = directory;
		this.instance = instance;
		this.node = directory.processId() + "-" + HexFormat.of().toHexDigits(instance.incarnation(), 8);
		// Locked before it has its name, so that nobody ever sees it without the
		// lock.
		Path draft = resolve(SocketDirectory.CLAIM);
		this.lock = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		if (this.lock.tryLock() == null) {
			throw new IOException("Somebody else locked %s".formatted(draft));
		}
		directory.share(draft);
		Files.move(draft, resolve(SocketDirectory.LOCK), StandardCopyOption.ATOMIC_MOVE);
	}

	private Path resolve(String suffix) {
		return this.directory.path().resolve(this.node + suffix);
	}

	/**
	 * Returns where the node's socket belongs.
	 * @return the path of the socket file
	 */
	public Path socket() {
		return resolve(SocketDirectory.SOCKET);
	}

	/**
	 * Tells that the socket is bound, so that others may use it.
	 */
	public void bound() {
		this.directory.share(socket());
	}

	/**
	 * Adds a service; the socket must accept connections by now.
	 * @param service the service
	 * @return removes it again
	 */
	public ProcessSpace.Registration publish(ServiceName service) {
		Path entry = this.directory.path().resolve(SocketDirectory.hash(service.toString()) + "." + this.node);
		Path draft = resolve("." + SocketDirectory.hash(service.toString()));
		try {
			Files.write(draft, List.of(service.publisher(), service.name(), this.instance.provider().value(),
					Long.toHexString(this.instance.incarnation())));
			this.directory.share(draft);
			// A reader sees the whole entry or none.
			Files.move(draft, entry, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"Service %s cannot be announced in %s".formatted(service, this.directory.path()), ex);
		}
		return () -> delete(entry);
	}

	@Override
	public void close() {
		try {
			// Whoever clears the temporary directory may have taken it away.
			if (Files.isDirectory(this.directory.path())) {
				this.directory.list("*." + this.node).forEach(this::delete);
				delete(resolve(SocketDirectory.SOCKET));
				delete(resolve(SocketDirectory.LOCK));
			}
		}
		finally {
			unlock();
		}
	}

	private void unlock() {
		try {
			this.lock.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Lock of %s cannot be released".formatted(this.node), ex);
		}
	}

	private void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be removed".formatted(file), ex);
		}
	}

}
