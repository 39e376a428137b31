package io.adaptive.internal.node;

import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;

/**
 * Parts that every node has, independent of its scopes.
 *
 * @param entry the node and its entry in the socket directory
 * @param codecs the codecs of its messages
 * @param sockets listen and connect
 * @param workers the workers of its messages
 * @param warmUp prepares for the first messages
 * @param shared the resources that it shares with other nodes
 */
record NodeCore(ProviderIdentity.Entry entry, Codecs codecs, SocketTransport sockets, WorkerPool workers, WarmUp warmUp,
		SharedResources shared) {

	/**
	 * Claims the node's place on its machine, and starts its workers.
	 * @param life closes the parts, also if a later one cannot be opened
	 */
	static NodeCore open(NodeConfiguration configuration, LifeCycle life) {
		SharedResources shared = configuration.space().resources().acquire();
		life.add(NodePart.named("shared resources").closedBy(configuration.space().resources()::release));
		BackgroundWork background = new BackgroundWork(shared.warmUp());
		life.add(NodePart.named("background work").closedBy((deadline) -> background.close()));
		MessageConfiguration messages = configuration.messages();
		Codecs codecs = Codecs.available(messages.codec(), messages.registeredTypes(), WarmUp.background(background),
				messages.maxDepth());
		SocketDirectory directory = configuration.reach().scopes().contains(Scope.OS)
				? SocketDirectories.open(configuration.socketDirectory(), shared) : null;
		ProviderIdentity.Entry entry = ProviderIdentity.enter(configuration.providerId(),
				configuration.reach().isTold(), directory);
		life.add(NodePart.named("place in the socket directory").closedBy((deadline) -> entry.leave()));
		SocketTransport sockets = new SocketTransport(entry.instance(), codecs, messages.links(),
				messages.nativeSockets(), shared.network());
		life.add(NodePart.named("sockets").closedBy(sockets::close));
		WorkerConfiguration settings = configuration.workers();
		WorkerPool workers = new WorkerPool(settings.kind(), settings.factors(), settings.shedding(),
				settings.queueMemory());
		life.add(NodePart.named("workers").closedBy(workers::close));
		WarmUp warmUp = new WarmUp(entry.instance(), codecs.preferred(), background);
		life.add(NodePart.named("warm-up").closedBy((deadline) -> warmUp.close()));
		return new NodeCore(entry, codecs, sockets, workers, warmUp, shared);
	}

	Instance instance() {
		return this.entry.instance();
	}

}
