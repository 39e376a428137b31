package io.adaptive.node;

import java.nio.file.Files;
import java.nio.file.Path;

import io.adaptive.log.KeyValueLogger;
import io.adaptive.message.SocketDirectoryException;
import io.adaptive.transport.SocketDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The directory of OS scope, as a node's settings choose it.
 */
final class SocketDirectories {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveNode.class);

	private SocketDirectories() {
	}

	/**
	 * Opens the directory, making it if needed.
	 * @throws SocketDirectoryException if it cannot be used
	 */
	static SocketDirectory open(AdaptiveNodeBuilder builder) {
		return new SocketDirectory(path(builder), builder.socketDirectoryIsShared);
	}

	/**
	 * Returns where to read what other programs of the machine were told. A node that
	 * names LAN or WAN takes their settings from there, also without meeting the
	 * programs. It needs no directory for that: where the default one cannot be used, it
	 * was told nothing.
	 * @param meeting the directory in which the node meets them, {@code null} if it does
	 * not
	 * @throws SocketDirectoryException if the directory was chosen and cannot be used
	 */
	static @Nullable SocketDirectory toldIn(AdaptiveNodeBuilder builder, @Nullable SocketDirectory meeting) {
		if (meeting != null || !builder.namesFarScopes()) {
			return meeting;
		}
		try {
			return Files.isDirectory(path(builder)) ? open(builder) : null;
		}
		catch (SocketDirectoryException ex) {
			if (builder.socketDirectory != null) {
				throw ex;
			}
			logger.debug("no settings of this machine are read", ex);
			return null;
		}
	}

	private static Path path(AdaptiveNodeBuilder builder) {
		return (builder.socketDirectory != null) ? builder.socketDirectory : SocketDirectory.defaultPath();
	}

}
