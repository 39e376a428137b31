package io.adaptive.internal.node;

import java.nio.file.Files;
import java.nio.file.Path;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.message.SocketDirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * Socket directories that the settings of a node select.
 */
final class SocketDirectories {

	private static final KeyValueLogger logger = KeyValueLogger.named("io.adaptive.node.AdaptiveNode");

	private SocketDirectories() {
	}

	/**
	 * Opens the directory, and creates it if needed.
	 * @throws SocketDirectoryException if it cannot be used
	 */
	static SocketDirectory open(NodeConfiguration.SocketDirectorySetting setting, SharedResources shared) {
		return shared.directory(path(setting), setting.shared());
	}

	/**
	 * Returns the directory with the settings of other programs of the machine. A node
	 * that sets LAN or WAN explicitly reads their settings from there, even if it does
	 * not use OS scope. The directory is optional for it: if the default one cannot be
	 * used, there are no settings.
	 * @param meeting the directory of the node's OS scope, {@code null} for a node
	 * without
	 * @throws SocketDirectoryException if the directory was set explicitly and cannot be
	 * used
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
