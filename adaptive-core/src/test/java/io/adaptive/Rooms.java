package io.adaptive;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rooms of this module and the arrows between them. A room {@code x} is the package
 * {@code io.adaptive.x} for users, {@code io.adaptive.internal.x} for nobody else, or
 * both.
 */
final class Rooms {

	/**
	 * What each room may import directly; it may also import what those may.
	 */
	static final Map<String, Set<String>> USES = new TreeMap<>(Map.ofEntries( //
			Map.entry("message", Set.of()), //
			Map.entry("log", Set.of()), //
			Map.entry("settings", Set.of("message")), //
			Map.entry("status", Set.of("message")), //
			Map.entry("raw", Set.of("message")), //
			Map.entry("spi", Set.of("settings", "status", "raw")), //
			Map.entry("wire", Set.of("spi")), //
			Map.entry("transport", Set.of("log", "wire")), //
			Map.entry("trace", Set.of("log", "status")), //
			Map.entry("registry", Set.of("log", "settings", "status")), //
			Map.entry("stream", Set.of("transport", "trace")), //
			Map.entry("handler", Set.of("stream")), //
			Map.entry("dispatch", Set.of("handler")), //
			Map.entry("server", Set.of("dispatch")), //
			Map.entry("beacon", Set.of("registry", "spi")), //
			Map.entry("discovery", Set.of("beacon", "transport")), //
			Map.entry("client", Set.of("discovery", "stream")), //
			Map.entry("proxy", Set.of("client", "server")), //
			Map.entry("builtin", Set.of("client", "server")), //
			Map.entry("scope", Set.of("builtin", "proxy")), //
			Map.entry("node", Set.of("scope"))));

	/**
	 * The rooms with a package from which users, or modules that extend the framework,
	 * may import.
	 */
	static final Set<String> EXPORTED = Set.of("builtin", "client", "handler", "message", "node", "raw", "server",
			"settings", "spi", "status", "stream", "trace");

	private Rooms() {
	}

}
