package io.adaptive.gshell.daemon;

import java.util.HashMap;
import java.util.Map;

import io.adaptive.gshell.command.DaemonOptions;
import io.adaptive.gshell.command.DaemonRefusedException;
import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.gshell.state.WorkFolder;

/**
 * Options of the command line as properties of the application.
 */
final class DaemonProperties {

	private static final int REGISTRY_PORT = 7200;

	private DaemonProperties() {
	}

	/**
	 * Returns the properties.
	 * @throws DaemonRefusedException if the address of the registry is none
	 */
	static Map<String, Object> of(DaemonOptions options, WorkFolder folder) {
		Map<String, Object> properties = new HashMap<>();
		String registry = options.registry();
		if (registry != null) {
			properties.put("adaptive.registry.addresses", registry);
		}
		if (options.broadcastPort() != null) {
			properties.put("adaptive.lan.port", options.broadcastPort());
		}
		if (options.root() && registry != null) {
			properties.put("adaptive.root-registry.enabled", true);
			properties.put("adaptive.root-registry.directory", folder.path().resolve("root-registry").toString());
			properties.put("adaptive.listen.host", "0.0.0.0");
			properties.put("adaptive.listen.port", port(registry));
		}
		boolean reachable = registry != null || options.broadcastPort() != null;
		properties.put("adaptive.reverse-proxy.enabled", reachable && !options.invisible());
		return properties;
	}

	private static int port(String registry) {
		int colon = registry.lastIndexOf(':');
		if (colon < 0) {
			return REGISTRY_PORT;
		}
		try {
			return Integer.parseInt(registry.substring(colon + 1));
		}
		catch (NumberFormatException ex) {
			throw new DaemonRefusedException(ExitStatus.USAGE,
					"--registry %s is no address; give HOST:PORT".formatted(registry));
		}
	}

}
