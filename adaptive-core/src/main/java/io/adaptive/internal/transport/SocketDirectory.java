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

	private final SocketFiles files;

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
		this.files = new SocketFiles(path, shared);
		this.watch = new DirectoryWatch(path(), this::living);
	}

	/**
	 * Checks that the path of a directory is short enough for sockets in it, without
	 * looking at the directory.
	 * @param path the path that is to be configured
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
	 * Takes a place for a node and clears away what dead ones left.
	 * @param instance the node
	 * @return the place
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
	 * Does something while no other program that enters the directory does the same.
	 * @param <T> the result
	 * @param work what to do, shortly
	 * @return its result
	 */
	public <T> T exclusively(Supplier<T> work) {
		return this.files.exclusively(work);
	}

	SocketFiles files() {
		return this.files;
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
			// An entry that is passed over would be told as gone.
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
	 * Removes what belongs to no living node. A claim is not locked at once, so that only
	 * an old one is surely left over.
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
	 * Tells whether there is a program behind a socket. One whose lock was cleared away
	 * makes it again, so that its other files must stay.
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
	 * What another user has left can be removed by that user only.
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
			// Its owner has just given it its name.
			return false;
		}
	}

}
