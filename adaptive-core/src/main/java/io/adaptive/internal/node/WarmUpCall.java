package io.adaptive.internal.node;

import java.nio.file.Path;
import java.time.Duration;

import io.adaptive.message.ServiceName;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.node.NodeHost;
import io.adaptive.server.Service;

/**
 * Warm-up run with a call: a node that calls itself over a socket of its own.
 */
final class WarmUpCall {

	private static final ServiceName SERVICE = new ServiceName("builtin", "warmUpRun");

	private WarmUpCall() {
	}

	/**
	 * Publishes a service, finds it, and calls it.
	 */
	static void call(Path directory) {
		try (RunningNode node = RunningNode.start(NodeConfiguration.ofWarmUpRun(directory.resolve("s")),
				NodeHost.NONE)) {
			node.newServer()
				.publish(Service.named(SERVICE).handle(WorkerStatistics.class, (WorkerStatistics message) -> message));
			node.newClient()
				.discoverTimeout(Duration.ofSeconds(10))
				.discover(SERVICE)
				.sendRecv(node.workers(), WorkerStatistics.class);
		}
	}

	/**
	 * Performs a call, and waits for its end.
	 */
	static void callOnce() {
		try {
			WarmUpRun.start(WarmUpCall::call).join();
		}
		catch (InterruptedException ex) {
			// The node closes in the meantime, and the run ends on its own.
			Thread.currentThread().interrupt();
		}
	}

}
