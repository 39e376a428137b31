package io.adaptive.network.program;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.settings.RootRegistrySettings;

/**
 * What a program was started with: {@code name=value} each.
 */
final class Options {

	private final Map<String, String> values = new HashMap<>();

	Options(String[] arguments) {
		for (String argument : arguments) {
			int end = argument.indexOf('=');
			this.values.put(argument.substring(0, end), argument.substring(end + 1));
		}
	}

	Optional<String> get(String name) {
		return Optional.ofNullable(this.values.get(name));
	}

	int number(String name, int otherwise) {
		return get(name).map(Integer::parseInt).orElse(otherwise);
	}

	String host() {
		return get("host").orElseThrow();
	}

	/**
	 * Starts the node: {@code port=} where it listens, {@code lan=} the port of the LAN's
	 * broadcasts, {@code registry=} the address of a root registry, {@code root=on} to be
	 * one, {@code proxy=} the address at which it is a reverse proxy. {@code scopes=}
	 * names the scopes, with commas; {@code scopes=unset} names none. By default they are
	 * OS and what else is given.
	 */
	AdaptiveNode node() {
		Path directory = Path.of(get("directory").orElseThrow());
		AdaptiveNodeBuilder builder = AdaptiveNode.builder().socketDirectory(directory.resolve("sockets"));
		if (!get("scopes").equals(Optional.of("unset"))) {
			builder.scopes(get("scopes").map(Options::scopes).orElseGet(this::scopes));
		}
		get("port").ifPresent((port) -> builder.listen("0.0.0.0", Integer.parseInt(port)));
		get("lan").ifPresent((port) -> builder.lan(LanSettings.DEFAULT.port(Integer.parseInt(port))));
		get("registry").ifPresent((address) -> builder.registries(List.of(address(address))));
		get("root").ifPresent((on) -> builder.rootRegistry(new RootRegistrySettings(directory.resolve("root"))));
		get("proxy").ifPresent((host) -> builder.reverseProxy(ReverseProxySettings.DEFAULT.withPublicHost(host)));
		return builder.build();
	}

	private static Set<Scope> scopes(String names) {
		return Stream.of(names.split(",")).map(Scope::valueOf).collect(Collectors.toSet());
	}

	private Set<Scope> scopes() {
		Set<Scope> scopes = EnumSet.of(Scope.OS);
		get("lan").ifPresent((port) -> scopes.add(Scope.LAN));
		get("registry").ifPresent((address) -> scopes.add(Scope.WAN));
		return scopes;
	}

	static Endpoint.Tcp address(String text) {
		int colon = text.lastIndexOf(':');
		return new Endpoint.Tcp(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
	}

}
