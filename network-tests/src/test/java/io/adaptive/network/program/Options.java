package io.adaptive.network.program;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;

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

	AdaptiveNode node() {
		AdaptiveNodeBuilder builder = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.OS))
			.socketDirectory(Path.of(get("directory").orElseThrow(), "sockets"));
		get("port").ifPresent((port) -> builder.listen("0.0.0.0", Integer.parseInt(port)));
		return builder.build();
	}

}
