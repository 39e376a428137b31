package io.adaptive.benchmark.run;

import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.load.Load;
import io.adaptive.benchmark.process.Measured;
import io.adaptive.benchmark.process.Rig;
import io.adaptive.benchmark.report.LatencyTable;

/**
 * Calls on a schedule, at half of what was the peak just before.
 */
public final class OpenLoopRun {

	private final Settings settings;

	/**
	 * Prepares the run.
	 * @param settings what to measure
	 */
	public OpenLoopRun(Settings settings) {
		this.settings = settings;
	}

	/**
	 * Measures and prints.
	 */
	public void run() {
		for (Transport transport : this.settings.transports()) {
			LatencyTable table = new LatencyTable("Open loop at half of the peak, " + transport);
			try (Rigs rigs = Rigs.start(this.settings, transport)) {
				for (int payload : this.settings.payloads()) {
					for (int callers : this.settings.callers()) {
						rigs.all().forEach((rig) -> measure(rig, payload, callers, table));
					}
				}
			}
			System.out.println(table);
		}
	}

	private void measure(Rig rig, int payload, int callers, LatencyTable table) {
		Load load = Load.closed(payload, this.settings.upload(), callers, this.settings.virtual(),
				this.settings.rampMillis(), this.settings.windowMillis());
		Measured peak = rig.measure(load);
		Measured half = rig.measure(load.atRate(Math.max(1, peak.result().rate() / 2)));
		table.add("%d B, n=%d".formatted(payload, callers), half);
	}

}
