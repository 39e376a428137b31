package io.adaptive.gshell.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;

/**
 * Nodes of commands.
 */
final class LocalNode {

	private LocalNode() {
	}

	/**
	 * Starts a node that meets the programs of this user on this machine, and nobody
	 * else.
	 */
	static AdaptiveNode open(CommandEnvironment environment) {
		return builder(environment).scopes(Set.of(Scope.OS)).build();
	}

	/**
	 * Starts a node that searches where this machine was told to.
	 */
	static AdaptiveNode openEverywhere(CommandEnvironment environment) {
		return builder(environment).build();
	}

	/**
	 * The provider id of this machine, without a node.
	 */
	static ProviderId provider(CommandEnvironment environment) {
		return builder(environment).scopes(Set.of(Scope.OS)).chooseProviderId();
	}

	private static AdaptiveNodeBuilder builder(CommandEnvironment environment) {
		AdaptiveNodeBuilder builder = AdaptiveNode.builder().warmUpAtOnce(false).drainTimeout(Duration.ZERO);
		Path directory = environment.socketDirectory();
		return (directory != null) ? builder.socketDirectory(directory) : builder;
	}

}
