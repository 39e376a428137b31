package io.adaptive.benchmark.run;

import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.load.Load;
import io.adaptive.benchmark.process.Rig;
import io.adaptive.benchmark.report.LatencyTable;

/**
 * Small calls alone, and beside messages of 16 MB in both directions on the same
 * connection.
 */
public final class IsolationRun {

	/** 16 MB with what the codec adds stays within the limit of 16 MiB. */
	private static final int LARGE = 16_000_000;

	private static final int SMALL = 32;

	private final Settings settings;

	/**
	 * Prepares the run.
	 * @param settings what to measure
	 */
	public IsolationRun(Settings settings) {
		this.settings = settings;
	}

	/**
	 * Measures and prints.
	 */
	public void run() {
		for (Transport transport : this.settings.transports()) {
			if (transport == Transport.PROCESS) {
				continue;
			}
			LatencyTable table = new LatencyTable("Isolation, " + transport);
			try (Rigs rigs = Rigs.start(this.settings, transport)) {
				for (int callers : this.settings.callers()) {
					rigs.all().forEach((rig) -> measure(rig, callers, table));
				}
			}
			System.out.println(table);
		}
	}

	private void measure(Rig rig, int callers, LatencyTable table) {
		Load load = Load.closed(SMALL, false, callers, this.settings.virtual(), this.settings.rampMillis(),
				this.settings.windowMillis());
		rig.measure(load.beside(LARGE));
		table.add("n=%d alone".formatted(callers), rig.measure(load));
		table.add("n=%d beside 16 MB".formatted(callers), rig.measure(load.beside(LARGE)));
	}

}
