package io.adaptive.internal.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.message.SocketDirectoryException;

/**
 * The directory in which the processes of one user find each other, or of several users
 * if it is shared. Each node has these files in it, all with the node's own name:
 * <ul>
 * <li>{@code NODE.lock}, locked while the node lives; the kernel releases the lock
 * however the process ends, which distinguishes living nodes from dead ones,
 * <li>{@code NODE.sock}, its unix socket,
 * <li>those of {@link NodeEntries},
 * <li>{@code SERVICE.NODE}, one for each service it offers; {@code SERVICE} is a hash, so
 * that the length of a file name does not depend on that of the service.
 * </ul>
 * {@code NODE} is a number for the process and one for the node within it. A process
 * never opens a lock file of its own, because closing any descriptor of a file releases
 * the process's locks on it.
 */
public final class SocketDirectory {

	private static final KeyValueLogger logger = KeyValueLogger.of(SocketDirectory.class);

	private final SocketFiles files;

	private final DirectoryWatch watch;

	/**
	 * Opens the directory, creating it if needed.
	 * @param path the directory; it must belong to this user, and no other user may enter
	 * it
	 * @throws SocketDirectoryException if it cannot be created, is a link, belongs to
	 * another user or is open to others, or its path is too long
	 */
	public SocketDirectory(Path path) {
		this(path, false);
	}

	/**
	 * Opens the directory, creating it if needed.
	 * @param path the directory
	 * @param shared whether the processes of all users who may enter it take part;
	 * otherwise it must belong to this user, and no other user may enter it
	 * @throws SocketDirectoryException if it cannot be created, is a link, does not have
	 * the required permissions, or its path is too long
	 */
	public SocketDirectory(Path path, boolean shared) {
		this.files = new SocketFiles(path, shared);
		this.watch = new DirectoryWatch(path(), this::living);
	}

	/**
	 * Checks that the path of a directory is short enough for sockets in it, without
	 * accessing the directory.
	 * @param path the path to be configured
	 * @return the same path, absolute
	 * @throws IllegalArgumentException if it is too long
	 */
	public static Path checkPath(Path path) {
		return SocketFiles.checkPath(path);
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
		return this.files.path();
	}

	/**
	 * Claims the files of a node, and removes those left by dead nodes.
	 * @param instance the node
	 * @return its files
	 */
	public SocketPlace claim(Instance instance) {
		try {
			this.files.open();
			sweep();
			return new SocketPlace(this.files, instance);
		}
		catch (IOException ex) {
			throw PrivateDirectory.unusable(path(), ex);
		}
	}

	/**
	 * Runs work under a lock shared by all processes that use the directory.
	 * @param <T> the result
	 * @param work the work, which has to be short
	 * @return its result
	 */
	public <T> T exclusively(Supplier<T> work) {
		return this.files.exclusively(work);
	}

	SocketFiles files() {
		return this.files;
	}

	/**
	 * Adds a listener for services that may have appeared or disappeared.
	 * @param changed called on the thread shared by all watches of this object
	 * @return ends the watch
	 */
	public ProcessTable.Registration watch(Runnable changed) {
		return this.watch.add(changed);
	}

	/**
	 * Finds the living instances of services.
	 * @param pattern the pattern of their names
	 * @return the instances, in no particular order
	 * @throws AdaptiveException with code {@code UNAVAILABLE} if the directory cannot be
	 * read at the moment
	 */
	public List<ServiceInstance> find(ServicePattern pattern) {
		List<ServiceInstance> found = new ArrayList<>();
		if (Files.notExists(path())) {
			return found;
		}
		Map<String, Boolean> alive = new HashMap<>();
		for (Path entry : this.files.list((pattern.isExact() ? NodeFiles.hash(pattern.toString()) : "*") + ".*-*")) {
			String node = NodeFiles.suffix(entry);
			if (alive.computeIfAbsent(node, this.files::isAlive)) {
				read(entry, pattern, path().resolve(node + NodeFiles.SOCKET), found);
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
			// An instance whose entry is skipped would be reported as gone.
			throw SocketFiles.unreadable(entry, ex);
		}
	}

	private Set<String> living() {
		Set<String> living = new HashSet<>();
		if (Files.notExists(path())) {
			return living;
		}
		for (Path lock : this.files.list("*" + NodeFiles.LOCK)) {
			String fileName = lock.getFileName().toString();
			String node = fileName.substring(0, fileName.length() - NodeFiles.LOCK.length());
			if (this.files.isAlive(node)) {
				living.add(node);
			}
		}
		return living;
	}

	/**
	 * Removes the files that belong to no living node. A new claim is not yet locked, so
	 * only an old one is certainly left over.
	 */
	private void sweep() throws IOException {
		Map<String, Boolean> alive = new HashMap<>();
		for (Path file : this.files.list("*.*")) {
			boolean left = file.toString().endsWith(NodeFiles.CLAIM) ? isOlderThanAMinute(file) : !alive
				.computeIfAbsent(NodeFiles.nodeOf(file), (node) -> this.files.isAlive(node) || answers(node));
			if (left && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
				remove(file);
			}
		}
	}

	/**
	 * Returns whether a process listens on a socket. A process whose lock was removed
	 * creates it again, so its other files must stay.
	 */
	private boolean answers(String node) {
		Path socket = path().resolve(node + NodeFiles.SOCKET);
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
	 * Removes a file. Files left by another user can be removed by that user only.
	 */
	private void remove(Path file) throws IOException {
		try {
			Files.deleteIfExists(file);
		}
		catch (FileSystemException ex) {
			if (!this.files.isShared()) {
				throw ex;
			}
		}
	}

	private static boolean isOlderThanAMinute(Path file) throws IOException {
		try {
			return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minusSeconds(60));
		}
		catch (NoSuchFileException ex) {
			// Its owner has just renamed it.
			return false;
		}
	}

}
