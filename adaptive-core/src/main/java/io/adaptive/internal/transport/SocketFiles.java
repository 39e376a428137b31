package io.adaptive.internal.transport;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.SocketDirectoryException;

/**
 * The files of a {@link SocketDirectory}: creates and checks the directory, lists it, and
 * determines living nodes by their locks.
 */
final class SocketFiles {

	/** A JVM may try a file's lock only once at a time. */
	private static final ReentrantLock PROBING = new ReentrantLock();

	/** Maximum length of a path in a socket address on macOS. */
	private static final int MAX_SOCKET_PATH = 103;

	/** A slash, the name of a node, and {@link NodeFiles#SOCKET}. */
	private static final int SOCKET_NAME = 1 + 25 + 5;

	private static final int MAX_LENGTH = MAX_SOCKET_PATH - SOCKET_NAME;

	/** Locked while a process determines its provider id. */
	private static final String ENTRANCE = "provider-id-entrance";

	private static final long ENTRANCE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final Path path;

	private final boolean shared;

	private final String processId;

	/**
	 * Opens the directory, creating it if needed.
	 * @param shared whether the processes of all users who may enter it take part;
	 * otherwise it must belong to this user, and no other user may enter it
	 * @throws SocketDirectoryException if it cannot be created, is a link, does not have
	 * the required permissions, or its path is too long
	 */
	SocketFiles(Path path, boolean shared) {
		this.shared = shared;
		this.path = path.toAbsolutePath();
		if (length(this.path) > MAX_LENGTH) {
			throw new SocketDirectoryException(this.path, tooLong(this.path), null, null);
		}
		this.processId = NodeFiles.hash(ProcessHandle.current().pid() + "@"
				+ ProcessHandle.current().info().startInstant().map(Object::toString).orElse(""));
		open();
	}

	/**
	 * Checks that a path is short enough for sockets in it.
	 * @return the same path, absolute
	 * @throws IllegalArgumentException if it is too long
	 */
	static Path checkPath(Path path) {
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
	 * Creates the directory if it does not exist, and checks it.
	 */
	void open() {
		if (this.shared) {
			SharedDirectory.open(this.path);
		}
		else {
			PrivateDirectory.open(this.path);
		}
	}

	Path path() {
		return this.path;
	}

	/**
	 * Gives other users access to a file of the directory, if it is shared.
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
	 * Runs work under a lock shared by all processes that use the directory.
	 * @param <T> the result
	 * @param work the work, which has to be short
	 * @return its result
	 */
	<T> T exclusively(Supplier<T> work) {
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
	 * Opens the lock file. In a shared directory, the file of another user can be opened,
	 * but not with the option to create it.
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
	 * Takes the lock, which is released with its channel. After {@code ENTRANCE_NANOS}
	 * the work runs without it, so that a suspended process does not keep all others from
	 * starting.
	 */
	private static void enter(FileChannel channel) throws IOException {
		long start = System.nanoTime();
		while (channel.tryLock() == null && System.nanoTime() - start < ENTRANCE_NANOS) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
	}

	/**
	 * Returns whether a node lives.
	 */
	boolean isAlive(String node) {
		Path lock = this.path.resolve(node + NodeFiles.LOCK);
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

	static AdaptiveException unreadable(Path file, IOException reason) {
		return new AdaptiveException(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT,
				"%s of the socket directory cannot be read, services of this machine are not found: %s".formatted(file,
						reason),
				reason);
	}

}
