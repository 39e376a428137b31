package io.adaptive.benchmark.run;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.adaptive.benchmark.contestant.Contestants;
import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.load.Load;
import io.adaptive.benchmark.process.Measured;
import io.adaptive.benchmark.process.Rig;
import io.adaptive.benchmark.report.LatencyTable;

/**
 * Calls over TCP, in turns direct and through a reverse proxy in a process of its own.
 */
public final class RelayRun {

	private final Settings settings;

	/**
	 * Prepares the run.
	 * @param words the settings; unless they say otherwise, replies of 32 KB on 64
	 * streams in 7 rounds
	 */
	public RelayRun(List<String> words) {
		// What comes later counts.
		this.settings = Settings.of(Stream.concat(Stream.of("payloads=32768", "callers=64", "rounds=7",
				"who=" + Contestants.WORKERS + "," + Contestants.RELAYED), words.stream())
			.toList());
	}

	/**
	 * Measures and prints.
	 */
	public void run() {
		try (Rigs rigs = Rigs.start(this.settings, Transport.TCP)) {
			for (int payload : this.settings.payloads()) {
				for (int callers : this.settings.callers()) {
					measure(rigs.all(), payload, callers);
				}
			}
		}
	}

	private void measure(List<Rig> rigs, int payload, int callers) {
		Load load = Load.closed(payload, this.settings.upload(), callers, this.settings.virtual(),
				this.settings.rampMillis(), this.settings.windowMillis());
		LatencyTable table = new LatencyTable("Relay, %d B, n=%d".formatted(payload, callers));
		long[][] rates = new long[rigs.size()][this.settings.rounds()];
		for (int round = 0; round < this.settings.rounds(); round++) {
			for (int i = 0; i < rigs.size(); i++) {
				Measured measured = rigs.get(i).measure(load);
				table.add("round %d".formatted(round + 1), measured);
				rates[i][round] = measured.result().rate();
			}
		}
		System.out.print(table);
		for (int i = 0; i < rigs.size(); i++) {
			System.out.printf("%s: median %,d calls/s, %,d MB/s, %.2f of %s%n", rigs.get(i).contestant(),
					median(rates[i]), median(rates[i]) * payload / 1_000_000,
					(double) median(rates[i]) / median(rates[0]), rigs.get(0).contestant());
		}
	}

	private static long median(long[] rates) {
		return LongStream.of(rates).sorted().skip(rates.length / 2).findFirst().orElseThrow();
	}

}
