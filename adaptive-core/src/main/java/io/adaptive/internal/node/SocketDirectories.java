package io.adaptive.internal.node;

import java.nio.file.Files;
import java.nio.file.Path;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.message.SocketDirectoryException;
import io.adaptive.node.AdaptiveNode;
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
	static SocketDirectory open(NodeConfiguration.SocketDirectorySetting setting, SharedResources shared) {
		return shared.directory(path(setting), setting.shared());
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
	static @Nullable SocketDirectory toldIn(NodeConfiguration configuration, SharedResources shared,
			@Nullable SocketDirectory meeting) {
		if (meeting != null || !configuration.reach().namesFarScopes()) {
			return meeting;
		}
		NodeConfiguration.SocketDirectorySetting setting = configuration.socketDirectory();
		try {
			return Files.isDirectory(path(setting)) ? open(setting, shared) : null;
		}
		catch (SocketDirectoryException ex) {
			if (setting.path() != null) {
				throw ex;
			}
			logger.debug("no settings of this machine are read", ex);
			return null;
		}
	}

	private static Path path(NodeConfiguration.SocketDirectorySetting setting) {
		return (setting.path() != null) ? setting.path() : SocketDirectory.defaultPath();
	}

}
