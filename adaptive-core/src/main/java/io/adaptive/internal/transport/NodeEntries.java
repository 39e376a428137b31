package io.adaptive.internal.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.ProviderId;
import org.jspecify.annotations.Nullable;

/**
 * Files of living nodes in a socket directory, besides those of their services: {@code
 * NODE.id} with the provider id, and {@code NODE.told} with settings for the other
 * processes of the user, which no other user can read.
 */
public final class NodeEntries {

	private static final KeyValueLogger logger = KeyValueLogger.of(NodeEntries.class);

	private static final long MAX_BYTES = 64 * 1024;

	private final SocketFiles directory;

	/** Determined once, since it creates a file, which triggers watches. */
	private @Nullable UserPrincipal thisUser;

	/**
	 * Creates the reader of a directory.
	 * @param directory the directory
	 */
	public NodeEntries(SocketDirectory directory) {
		this.directory = directory.files();
	}

	/**
	 * Returns the provider ids of the living nodes.
	 * @return the ids by the names of the nodes
	 */
	public Map<String, ProviderId> identities() {
		Map<String, ProviderId> identities = new TreeMap<>();
		read(NodeFiles.IDENTITY, false).forEach((node, lines) -> {
			try {
				identities.put(node, new ProviderId(lines.isEmpty() ? "" : lines.get(0)));
			}
			catch (IllegalArgumentException ex) {
				logger.warn("entry of a node cannot be read, passed over node={} reason=\"{}\"", node, ex.getMessage());
			}
		});
		return identities;
	}

	/**
	 * Returns the settings that living nodes of this user share with other processes.
	 * @return the lines of each, in the order of the names of the nodes
	 */
	public List<List<String>> told() {
		return new ArrayList<>(read(NodeFiles.TOLD, true).values());
	}

	private Map<String, List<String>> read(String suffix, boolean ownOnly) {
		Map<String, List<String>> read = new TreeMap<>();
		if (!Files.isDirectory(this.directory.path())) {
			return read;
		}
		for (Path file : this.directory.list("*" + suffix)) {
			String fileName = file.getFileName().toString();
			String node = fileName.substring(0, fileName.length() - suffix.length());
			try {
				if (this.directory.isAlive(node) && (!ownOnly || isOwn(file)) && Files.size(file) <= MAX_BYTES) {
					read.put(node, Files.readAllLines(file));
				}
			}
			catch (IOException ex) {
				// Its node has left since the directory was listed.
			}
		}
		return read;
	}

	private synchronized boolean isOwn(Path file) throws IOException {
		if (!this.directory.isShared()) {
			return true;
		}
		if (this.thisUser == null) {
			this.thisUser = PrivateDirectory.thisUser(this.directory.path());
		}
		return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
				&& Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(this.thisUser);
	}

}
