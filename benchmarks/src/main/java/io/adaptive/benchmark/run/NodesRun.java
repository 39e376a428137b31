package io.adaptive.benchmark.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;

/**
 * Measures what another node of the same JVM costs: memory, threads and time. Each node
 * publishes a service in PROCESS and OS scope.
 */
public final class NodesRun {

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private static final int WARM_UP = 5;

	private static final int NODES = 40;

	private static final long REST_MILLIS = 3000;

	private final Path directory;

	/**
	 * Makes a run.
	 */
	public NodesRun() {
		try {
			this.directory = Files.createTempDirectory("nodes");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Measures and prints.
	 * @throws InterruptedException if the thread is interrupted
	 */
	public void run() throws InterruptedException {
		for (int i = 0; i < WARM_UP; i++) {
			node("warm-up" + i).close();
		}
		List<AdaptiveNode> nodes = new ArrayList<>(List.of(node("first")));
		Moment before = Moment.atRest();
		double[] millis = new double[NODES];
		double[] cpuMillis = new double[NODES];
		for (int i = 0; i < NODES; i++) {
			long start = System.nanoTime();
			long cpu = THREADS.getCurrentThreadCpuTime();
			nodes.add(node("node" + i));
			millis[i] = (System.nanoTime() - start) / 1e6;
			cpuMillis[i] = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6;
		}
		Moment after = Moment.atRest();
		Arrays.sort(millis);
		Arrays.sort(cpuMillis);
		System.out.printf(Locale.ROOT,
				"each of %s nodes beside the first: heap %.0f KB, threads %.2f, start and publish %.1f ms, processor time %.1f ms (medians)%n",
				NODES, (after.heap - before.heap) / 1024.0 / NODES, (double) (after.threads - before.threads) / NODES,
				millis[NODES / 2], cpuMillis[NODES / 2]);
		nodes.forEach(AdaptiveNode::close);
	}

	private AdaptiveNode node(String name) {
		AdaptiveNode node = AdaptiveNode.builder().socketDirectory(this.directory.resolve("s")).build();
		node.newServer()
			.publish(Service.named(new ServiceName("benchmark", name)).handle(String.class, (String text) -> text));
		return node;
	}

	private record Moment(long heap, int threads) {

		static Moment atRest() throws InterruptedException {
			Thread.sleep(REST_MILLIS);
			for (int i = 0; i < 3; i++) {
				System.gc();
			}
			return new Moment(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
					THREADS.getThreadCount());
		}

	}

}
