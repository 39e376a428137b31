package io.adaptive.internal.transport;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;

/**
 * The files of one node in the socket directory.
 */
public final class SocketPlace implements AutoCloseable {

	private final SocketFiles directory;

	private final Instance instance;

	private final String node;

	/** The published services with their entries. */
	private final Map<ServiceName, Path> entries = new ConcurrentHashMap<>();

	private volatile List<String> told = List.of();

	private volatile boolean bound;

	private FileChannel lock;

	SocketPlace(SocketFiles directory, Instance instance) throws IOException {
		this.directory = directory;
		this.instance = instance;
		this.node = directory.processId() + "-" + HexFormat.of().toHexDigits(instance.incarnation(), 8);
		this.lock = lock();
		writeIdentity();
	}

	/**
	 * Creates the lock file. It is locked before it gets its name, so that other
	 * processes never see it unlocked.
	 */
	private FileChannel lock() throws IOException {
		Path draft = resolve(NodeFiles.CLAIM);
		Files.deleteIfExists(draft);
		FileChannel made = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		if (made.tryLock() == null) {
			made.close();
			throw new IOException("Another process locked %s".formatted(draft));
		}
		this.directory.share(draft);
		Files.move(draft, resolve(NodeFiles.LOCK), StandardCopyOption.ATOMIC_MOVE);
		return made;
	}

	/**
	 * Returns the missing files of the node, for example after the directory was cleared.
	 * @return the files, as a rule none
	 */
	public List<Path> missing() {
		Stream<Path> own = Stream
			.of(Stream.of(resolve(NodeFiles.LOCK), resolve(NodeFiles.IDENTITY)),
					this.bound ? Stream.of(socket()) : Stream.<Path>empty(),
					this.told.isEmpty() ? Stream.<Path>empty() : Stream.of(resolve(NodeFiles.TOLD)))
			.flatMap((each) -> each);
		return Stream.concat(own, this.entries.values().stream()).filter(Files::notExists).toList();
	}

	/**
	 * Creates missing files again, except the socket: the directory, the lock, the
	 * identity and settings of the node, and the entries of services if the socket
	 * exists.
	 * @throws AdaptiveException if they cannot be created now
	 */
	public synchronized void restore() {
		try {
			this.directory.open();
			Path name = resolve(NodeFiles.LOCK);
			if (Files.notExists(name)) {
				FileChannel before = this.lock;
				this.lock = lock();
				before.close();
			}
			if (Files.notExists(resolve(NodeFiles.IDENTITY))) {
				writeIdentity();
			}
			if (!this.told.isEmpty() && Files.notExists(resolve(NodeFiles.TOLD))) {
				write(NodeFiles.TOLD, this.told, false);
			}
			if (Files.exists(socket())) {
				for (Map.Entry<ServiceName, Path> each : this.entries.entrySet()) {
					if (Files.notExists(each.getValue())) {
						write(each.getKey(), each.getValue());
					}
				}
			}
		}
		catch (IOException ex) {
			throw failed("Files of %s cannot be made again".formatted(this.node), ex);
		}
	}

	private void writeIdentity() throws IOException {
		write(NodeFiles.IDENTITY, List.of(this.instance.provider().value()), true);
	}

	private void write(String suffix, List<String> lines, boolean forAll) throws IOException {
		Path draft = resolve("." + NodeFiles.hash(suffix));
		Files.deleteIfExists(draft);
		// Never readable by another user.
		Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Files.write(draft, lines);
		if (forAll) {
			this.directory.share(draft);
		}
		Files.move(draft, resolve(suffix), StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * Shares settings with the other processes of this user, in place of the previous
	 * ones.
	 * @param lines the settings, which no other user can read
	 */
	public synchronized void tell(List<String> lines) {
		try {
			write(NodeFiles.TOLD, lines, false);
		}
		catch (IOException ex) {
			throw failed("Settings for other programs cannot be written", ex);
		}
		this.told = List.copyOf(lines);
	}

	private Path resolve(String suffix) {
		return this.directory.path().resolve(this.node + suffix);
	}

	/**
	 * Returns the path for the node's socket.
	 * @return the path of the socket file
	 */
	public Path socket() {
		return resolve(NodeFiles.SOCKET);
	}

	/**
	 * Marks the socket as bound, and gives other users access to it if the directory is
	 * shared.
	 */
	public void bound() {
		this.bound = true;
		this.directory.share(socket());
	}

	/**
	 * Adds a service; the socket must already accept connections.
	 * @param service the service
	 * @return removes the service
	 */
	public synchronized ProcessTable.Registration publish(ServiceName service) {
		Path entry = this.directory.path().resolve(NodeFiles.hash(service.toString()) + "." + this.node);
		try {
			write(service, entry);
		}
		catch (IOException ex) {
			throw failed("Service %s cannot be announced".formatted(service), ex);
		}
		this.entries.put(service, entry);
		return () -> unpublish(service, entry);
	}

	private void write(ServiceName service, Path entry) throws IOException {
		Path draft = resolve("." + NodeFiles.hash(service.toString()));
		Files.write(draft, List.of(service.publisher(), service.name(), this.instance.provider().value(),
				Long.toHexString(this.instance.incarnation())));
		this.directory.share(draft);
		// A reader sees the whole entry or none.
		Files.move(draft, entry, StandardCopyOption.ATOMIC_MOVE);
	}

	private synchronized void unpublish(ServiceName service, Path entry) {
		this.entries.remove(service);
		delete(entry);
	}

	private AdaptiveException failed(String problem, IOException cause) {
		return new AdaptiveException(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT,
				"%s in socket directory %s: %s".formatted(problem, this.directory.path(), cause), cause);
	}

	@Override
	public synchronized void close() {
		this.entries.clear();
		try {
			// The directory may have been removed, for example by a cleanup of the
			// temporary directory.
			if (Files.isDirectory(this.directory.path())) {
				this.directory.list("*." + this.node).forEach(this::delete);
				delete(resolve(NodeFiles.TOLD));
				delete(resolve(NodeFiles.IDENTITY));
				delete(resolve(NodeFiles.SOCKET));
				delete(resolve(NodeFiles.LOCK));
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
			throw failed("Lock of %s cannot be released".formatted(this.node), ex);
		}
	}

	private void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			throw failed("%s cannot be removed".formatted(file.getFileName()), ex);
		}
	}

}
