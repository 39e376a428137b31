package io.adaptive.benchmark.run;

import java.util.List;

import io.adaptive.benchmark.contestant.Contestants;
import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.process.Rig;

/**
 * What streams and connections cost that nobody uses.
 */
public final class IdleRun {

	private static final int STREAMS = 100_000;

	private static final int CONNECTIONS = 5_000;

	private static final List<String> HEAP = List.of("-Xmx512m");

	/**
	 * Measures and prints.
	 */
	public void run() {
		System.out.println("| idle | each at the client, bytes | each at the server, bytes |");
		System.out.println("| --- | --- | --- |");
		measure("streams", STREAMS);
		measure("connections", CONNECTIONS);
	}

	private static void measure(String what, int count) {
		try (Rig rig = Rig.start(Contestants.named(Contestants.WORKERS), Transport.OS, HEAP)) {
			// The first ones load classes and grow tables.
			rig.open(what, count / 100);
			long client = rig.clientMemory();
			long server = rig.serverMemory();
			rig.open(what, count);
			System.out.printf("| %,d %s | %,d | %,d |%n", count, what, (rig.clientMemory() - client) / count,
					(rig.serverMemory() - server) / count);
		}
	}

}
