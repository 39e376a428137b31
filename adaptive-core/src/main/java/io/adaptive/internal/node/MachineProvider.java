package io.adaptive.internal.node;

import java.nio.file.Path;

import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.message.ProviderId;
import org.jspecify.annotations.Nullable;

/**
 * The provider id of this machine without a node.
 */
public final class MachineProvider {

	private MachineProvider() {
	}

	/**
	 * Chooses the id that a node without OS scope would have.
	 * @param configured the configured id, {@code null} for none
	 * @return the id
	 */
	public static ProviderId choose(@Nullable ProviderId configured) {
		return ProviderIdentity.decide(configured, null);
	}

	/**
	 * Chooses the id that a node with OS scope would have. Starts no thread.
	 * @param configured the configured id, {@code null} for none
	 * @param path the socket directory, {@code null} for the default
	 * @param shared whether programs of other users use it, too
	 * @return the id
	 * @throws IllegalArgumentException if the configured id contradicts the running
	 * programs
	 * @throws io.adaptive.message.SocketDirectoryException if the directory cannot be
	 * used
	 */
	public static ProviderId choose(@Nullable ProviderId configured, @Nullable Path path, boolean shared) {
		SocketDirectory directory = new SocketDirectory((path != null) ? path : SocketDirectory.defaultPath(), shared);
		return directory.exclusively(() -> ProviderIdentity.decide(configured, directory));
	}

}
