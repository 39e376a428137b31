package io.adaptive;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rooms of this module and the arrows between them.
 */
final class Rooms {

	/**
	 * What each room may import directly; it may also import what those may.
	 */
	static final Map<String, Set<String>> USES = new TreeMap<>(Map.ofEntries( //
			Map.entry("message", Set.of()), //
			Map.entry("log", Set.of()), //
			Map.entry("wire", Set.of("message")), //
			Map.entry("transport", Set.of("log", "wire")), //
			Map.entry("trace", Set.of("log", "message")), //
			Map.entry("registry", Set.of("log", "message")), //
			Map.entry("stream", Set.of("transport", "trace")), //
			Map.entry("dispatch", Set.of("stream")), //
			Map.entry("server", Set.of("dispatch", "registry")), //
			Map.entry("discovery", Set.of("beacon", "transport")), //
			Map.entry("beacon", Set.of("registry")), //
			Map.entry("client", Set.of("discovery", "stream")), //
			Map.entry("proxy", Set.of("client", "server")), //
			Map.entry("builtin", Set.of("client", "server")), //
			Map.entry("node", Set.of("builtin", "proxy", "beacon", "client", "server"))));

	private Rooms() {
	}

}
