package io.adaptive.internal.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.message.SocketDirectoryException;

/**
 * The directory in which the programs of one user find each other. Each node has these
 * files in it, all with the node's own name:
 * <ul>
 * <li>{@code NODE.lock}, locked for as long as the node lives; the kernel lets go of it
 * whatever way the process ends, which tells living from stale,
 * <li>{@code NODE.sock}, its unix socket,
 * <li>those of {@link NodeEntries},
 * <li>{@code SERVICE.NODE}, one for each service it offers; {@code SERVICE} is a hash, so
 * that a long name fits into the path of a socket's neighbours.
 * </ul>
 * {@code NODE} is a number for the process and one for the node within it. A process
 * never opens a lock file of its own, because closing any descriptor of a file lets go of
 * the locks that the process has on it.
 */
public final class SocketDirectory {

	private static final KeyValueLogger logger = KeyValueLogger.of(SocketDirectory.class);

	/** A JVM may try a file's lock only once at a time, whatever the outcome. */
	private static final ReentrantLock PROBING = new ReentrantLock();

	/** Beyond this a path does not fit into a socket address on macOS. */
	private static final int MAX_SOCKET_PATH = 103;

	/** A slash, the name of a node, and {@link #SOCKET}. */
	private static final int SOCKET_NAME = 1 + 25 + 5;

	private static final int MAX_LENGTH = MAX_SOCKET_PATH - SOCKET_NAME;

	/** Locked while a program decides by which id it knows the machine. */
	private static final String ENTRANCE = "provider-id-entrance";

	private static final long ENTRANCE_NANOS = TimeUnit.SECONDS.toNanos(5);

	static final String LOCK = ".lock";

	static final String SOCKET = ".sock";

	static final String CLAIM = ".claim";

	private final Path path;

	private final boolean shared;

	private final String processId;

	private final DirectoryWatch watch;

	/**
	 * Opens the directory, making it if needed.
	 * @param path the directory; it must belong to this user and nobody else may enter it
	 * @throws SocketDirectoryException if it cannot be made, is a link, belongs to
	 * another user or is open to others, or its path is too long
	 */
	public SocketDirectory(Path path) {
		this(path, false);
	}

	/**
	 * Opens the directory, making it if needed.
	 * @param path the directory
	 * @param shared whether programs of other users, who may enter it, take part; else it
	 * must belong to this user and nobody else may enter it
	 * @throws SocketDirectoryException if it cannot be made, is a link, is not as safe as
	 * it must be, or its path is too long
	 */
	public SocketDirectory(Path path, boolean shared) {
		this.shared = shared;
		this.path = path.toAbsolutePath();
		if (length(this.path) > MAX_LENGTH) {
			throw new SocketDirectoryException(this.path, tooLong(this.path), null, null);
		}
		this.watch = new DirectoryWatch(this.path, this::living);
		this.processId = hash(ProcessHandle.current().pid() + "@"
				+ ProcessHandle.current().info().startInstant().map(Object::toString).orElse(""));
		open();
	}

	/**
	 * Makes the directory if it is not there, and checks it.
	 */
	void open() {
		if (this.shared) {
			SharedDirectory.open(this.path);
		}
		else {
			PrivateDirectory.open(this.path);
		}
	}

	/**
	 * Checks that the path of a directory is short enough for sockets in it, without
	 * looking at the directory.
	 * @param path the path that is to be configured
	 * @return the same path, absolute
	 * @throws IllegalArgumentException if it is too long
	 */
	public static Path checkPath(Path path) {
		Path absolute = path.toAbsolutePath();
		if (length(absolute) > MAX_LENGTH) {
			throw new IllegalArgumentException("Socket directory %s %s".formatted(absolute, tooLong(absolute)));
		}
		return absolute;
	}

	private static int length(Path path) {
		return path.toString().getBytes(StandardCharsets.UTF_8).length;
	}

	private static String tooLong(Path path) {
		return ("has a path of %s bytes, at most %s are possible: the path of a socket has at most %s on all systems"
				+ " (107 on Linux), of which its own name takes %s")
			.formatted(length(path), MAX_LENGTH, MAX_SOCKET_PATH, SOCKET_NAME);
	}

	/**
	 * Returns the directory used when none is configured.
	 * @return {@code adaptive-UID} under the temporary directory
	 * @throws SocketDirectoryException if the temporary directory cannot be used
	 */
	public static Path defaultPath() {
		Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
		return temporary.resolve("adaptive-" + PrivateDirectory.userId(temporary));
	}

	/**
	 * Returns the directory.
	 * @return its absolute path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Lets other users connect to a file of the directory, where they take part.
	 */
	void share(Path file) {
		if (this.shared) {
			SharedDirectory.share(file);
		}
	}

	boolean isShared() {
		return this.shared;
	}

	String processId() {
		return this.processId;
	}

	/**
	 * Takes a place for a node and clears away what dead ones left.
	 * @param instance the node
	 * @return the place
	 */
	public SocketPlace claim(Instance instance) {
		try {
			open();
			sweep();
			return new SocketPlace(this, instance);
		}
		catch (IOException ex) {
			throw PrivateDirectory.unusable(this.path, ex);
		}
	}

	/**
	 * Does something while no other program that enters the directory does the same.
	 * @param <T> the result
	 * @param work what to do, shortly
	 * @return its result
	 */
	public <T> T exclusively(Supplier<T> work) {
		PROBING.lock();
		try {
			open();
			try (FileChannel channel = openEntrance()) {
				enter(channel);
				return work.get();
			}
		}
		catch (IOException ex) {
			throw PrivateDirectory.unusable(this.path, ex);
		}
		finally {
			PROBING.unlock();
		}
	}

	/**
	 * Another user's file can be opened, but in a shared directory not as if to make it.
	 */
	private FileChannel openEntrance() throws IOException {
		Path entrance = this.path.resolve(ENTRANCE);
		try {
			FileChannel made = FileChannel.open(entrance, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
			share(entrance);
			return made;
		}
		catch (FileAlreadyExistsException ex) {
			return FileChannel.open(entrance, StandardOpenOption.WRITE);
		}
	}

	/**
	 * Takes the lock, which is released with its channel. A program that is stopped in
	 * there does not keep all others from starting.
	 */
	private static void enter(FileChannel channel) throws IOException {
		long start = System.nanoTime();
		while (channel.tryLock() == null && System.nanoTime() - start < ENTRANCE_NANOS) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
	}

	/**
	 * Calls back after services may have appeared or gone.
	 * @param changed called on the thread that all watches of this object share
	 * @return ends the watch
	 */
	public ProcessTable.Registration watch(Runnable changed) {
		return this.watch.add(changed);
	}

	/**
	 * Finds the living instances of services.
	 * @param pattern which services
	 * @return the instances, in no particular order
	 * @throws AdaptiveException with code {@code UNAVAILABLE} if the directory cannot be
	 * read at the moment
	 */
	public List<ServiceInstance> find(ServicePattern pattern) {
		List<ServiceInstance> found = new ArrayList<>();
		if (Files.notExists(this.path)) {
			return found;
		}
		Map<String, Boolean> alive = new HashMap<>();
		for (Path entry : list((pattern.isExact() ? hash(pattern.toString()) : "*") + ".*-*")) {
			String node = suffix(entry);
			if (alive.computeIfAbsent(node, this::isAlive)) {
				read(entry, pattern, this.path.resolve(node + SOCKET), found);
			}
		}
		return found;
	}

	private static void read(Path entry, ServicePattern pattern, Path socket, List<ServiceInstance> found) {
		try {
			List<String> lines = Files.readAllLines(entry);
			if (lines.size() < 4) {
				throw new IllegalArgumentException("it has %s lines".formatted(lines.size()));
			}
			ServiceName service = new ServiceName(lines.get(0), lines.get(1));
			if (pattern.matches(service)) {
				Instance instance = new Instance(new ProviderId(lines.get(2)),
						Long.parseUnsignedLong(lines.get(3), 16));
				found.add(new ServiceInstance(service, instance, Scope.OS, new Endpoint.UnixSocket(socket)));
			}
		}
		catch (NoSuchFileException ex) {
			// Unpublished since the directory was listed.
		}
		catch (AccessDeniedException | CharacterCodingException | IllegalArgumentException ex) {
			logger.warn("service entry cannot be read, passed over entry={} reason=\"{}\"", entry, ex.toString());
		}
		catch (IOException ex) {
			// An entry that is passed over would be told as gone.
			throw unreadable(entry, ex);
		}
	}

	private static AdaptiveException unreadable(Path file, IOException reason) {
		return new AdaptiveException(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT,
				"%s of the socket directory cannot be read, services of this machine are not found: %s".formatted(file,
						reason),
				reason);
	}

	private Set<String> living() {
		Set<String> living = new HashSet<>();
		if (Files.notExists(this.path)) {
			return living;
		}
		for (Path lock : list("*" + LOCK)) {
			String fileName = lock.getFileName().toString();
			String node = fileName.substring(0, fileName.length() - LOCK.length());
			if (isAlive(node)) {
				living.add(node);
			}
		}
		return living;
	}

	/**
	 * Removes what belongs to no living node. A claim is not locked at once, so that only
	 * an old one is surely left over.
	 */
	private void sweep() throws IOException {
		Map<String, Boolean> alive = new HashMap<>();
		for (Path file : list("*.*")) {
			boolean left = file.toString().endsWith(CLAIM) ? isOlderThanAMinute(file)
					: !alive.computeIfAbsent(nodeOf(file), (node) -> isAlive(node) || answers(node));
			if (left && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
				remove(file);
			}
		}
	}

	/**
	 * Tells whether there is a program behind a socket. One whose lock was cleared away
	 * makes it again, so that its other files must stay.
	 */
	private boolean answers(String node) {
		Path socket = this.path.resolve(node + SOCKET);
		if (!Files.exists(socket)) {
			return false;
		}
		try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			probe.configureBlocking(false);
			boolean unused = probe.connect(UnixDomainSocketAddress.of(socket));
			return true;
		}
		catch (ConnectException ex) {
			return false;
		}
		catch (IOException ex) {
			return Files.exists(socket);
		}
	}

	/**
	 * What another user has left can be removed by that user only.
	 */
	private void remove(Path file) throws IOException {
		try {
			Files.deleteIfExists(file);
		}
		catch (FileSystemException ex) {
			if (!this.shared) {
				throw ex;
			}
		}
	}

	private static boolean isOlderThanAMinute(Path file) throws IOException {
		try {
			return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minusSeconds(60));
		}
		catch (NoSuchFileException ex) {
			// Its owner has just given it its name.
			return false;
		}
	}

	/**
	 * The files of a node are {@code NODE.suffix} or {@code SERVICE.NODE}; only a node's
	 * name contains a dash.
	 */
	private static String nodeOf(Path file) {
		String fileName = file.getFileName().toString();
		int dot = fileName.indexOf('.');
		return (dot < 0 || fileName.indexOf('-') < dot) ? fileName.substring(0, Math.max(dot, 0)) : suffix(file);
	}

	boolean isAlive(String node) {
		Path lock = this.path.resolve(node + LOCK);
		if (node.startsWith(this.processId)) {
			return Files.exists(lock);
		}
		PROBING.lock();
		try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
				FileLock taken = channel.tryLock()) {
			return taken == null;
		}
		catch (NoSuchFileException | AccessDeniedException ex) {
			return false;
		}
		catch (IOException ex) {
			throw unreadable(lock, ex);
		}
		finally {
			PROBING.unlock();
		}
	}

	List<Path> list(String pattern) {
		List<Path> paths = new ArrayList<>();
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.path, pattern)) {
			entries.forEach(paths::add);
			return paths;
		}
		catch (DirectoryIteratorException ex) {
			throw unreadable(this.path, Objects.requireNonNullElseGet(ex.getCause(), () -> new IOException(ex)));
		}
		catch (IOException ex) {
			throw unreadable(this.path, ex);
		}
	}

	private static String suffix(Path entry) {
		String fileName = entry.getFileName().toString();
		return fileName.substring(fileName.lastIndexOf('.') + 1);
	}

	static String hash(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
