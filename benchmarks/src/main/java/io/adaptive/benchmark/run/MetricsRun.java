package io.adaptive.benchmark.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.adaptive.benchmark.contestant.Contestants;
import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.load.Load;
import io.adaptive.benchmark.process.Measured;
import io.adaptive.benchmark.process.Rig;

/**
 * What metrics and observations cost: the same calls without and with them, in turns.
 */
public final class MetricsRun {

	private final Settings settings;

	/**
	 * Prepares the run.
	 * @param words the settings; unless they say otherwise, 32 bytes in 7 rounds
	 */
	public MetricsRun(List<String> words) {
		// What comes later counts.
		this.settings = Settings.of(Stream.concat(
				Stream.of("payloads=32", "rounds=7",
						"who=" + String.join(",", Contestants.WORKERS, Contestants.METERED, Contestants.OBSERVED)),
				words.stream())
			.toList());
	}

	/**
	 * Measures, and prints a line for each contestant in each cell.
	 */
	public void run() {
		System.out.printf("| transport | callers | who | calls/s | of %s | CPU us/call |%n",
				this.settings.contestants().get(0).name());
		System.out.println("| --- | --: | --- | --: | --: | --: |");
		for (Transport transport : this.settings.transports()) {
			try (Rigs rigs = Rigs.start(this.settings, transport)) {
				for (int payload : this.settings.payloads()) {
					for (int callers : this.settings.callers()) {
						measure(rigs.all(), transport, payload, callers);
					}
				}
			}
		}
	}

	private void measure(List<Rig> rigs, Transport transport, int payload, int callers) {
		Load load = Load.closed(payload, this.settings.upload(), callers, this.settings.virtual(),
				this.settings.rampMillis(), this.settings.windowMillis());
		List<List<Measured>> rounds = new ArrayList<>();
		rigs.forEach((rig) -> rounds.add(new ArrayList<>()));
		for (int round = 0; round < this.settings.rounds(); round++) {
			for (int i = 0; i < rigs.size(); i++) {
				// Who goes first is not always the same.
				int next = (i + round) % rigs.size();
				rounds.get(next).add(rigs.get(next).measure(load));
			}
		}
		long without = rate(rounds.get(0));
		for (int i = 0; i < rigs.size(); i++) {
			System.out.printf("| %s | %d | %s | %,d | %.2f | %.1f |%n", transport, callers, rigs.get(i).contestant(),
					rate(rounds.get(i)), (double) rate(rounds.get(i)) / without, cpu(rounds.get(i)));
		}
	}

	private static long rate(List<Measured> rounds) {
		return median(rounds.stream().mapToLong((measured) -> measured.result().rate()));
	}

	private static double cpu(List<Measured> rounds) {
		return median(rounds.stream().mapToLong((measured) -> (long) (1000 * measured.cpuMicros()))) / 1000.0;
	}

	private static long median(LongStream numbers) {
		long[] sorted = numbers.sorted().toArray();
		return sorted[sorted.length / 2];
	}

}
