package io.adaptive.benchmark.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.load.Load;
import io.adaptive.benchmark.process.Measured;
import io.adaptive.benchmark.process.Rig;
import io.adaptive.benchmark.report.Cell;
import io.adaptive.benchmark.report.Chart;
import io.adaptive.benchmark.report.CsvFile;
import io.adaptive.benchmark.report.MatrixTable;

/**
 * The matrix: payloads, callers and transports, everybody taking turns within a cell.
 */
public final class MatrixRun {

	private final Settings settings;

	private final CsvFile csv;

	/**
	 * Prepares the run.
	 * @param settings what to measure
	 */
	public MatrixRun(Settings settings) {
		this.settings = settings;
		this.csv = new CsvFile(settings.output()
			.resolve("asbench-%s-%s.csv".formatted(settings.threads(), Runtime.version().feature())));
	}

	/**
	 * Measures, prints each cell when it is done, and writes the files.
	 */
	public void run() {
		for (Transport transport : this.settings.transports()) {
			List<Cell> cells = new ArrayList<>();
			try (Rigs rigs = Rigs.start(this.settings, transport)) {
				for (int payload : this.settings.payloads()) {
					for (int callers : this.settings.callers()) {
						Cell cell = measure(rigs, transport, payload, callers);
						cells.add(cell);
						System.out.println(new MatrixTable(cell));
					}
				}
			}
			new Chart(cells, this.settings.threads()).write(this.settings.output()
				.resolve("asbench-%s-%s-%s.svg".formatted(transport, this.settings.threads(),
						Runtime.version().feature())));
		}
	}

	private Cell measure(Rigs rigs, Transport transport, int payload, int callers) {
		Load load = Load.closed(payload, this.settings.upload(), callers, this.settings.virtual(),
				this.settings.rampMillis(), this.settings.windowMillis());
		Map<String, List<Measured>> rounds = new TreeMap<>();
		for (int round = 1; round <= this.settings.rounds(); round++) {
			for (Rig rig : rigs.all()) {
				Measured measured = rig.measure(load);
				rounds.computeIfAbsent(rig.contestant(), (name) -> new ArrayList<>()).add(measured);
				this.csv.add(transport, payload, round, measured);
			}
		}
		return new Cell(transport.toString(), payload, callers, this.settings.upload(), this.settings.threads(),
				rigs.all().stream().map((rig) -> median(rounds.getOrDefault(rig.contestant(), List.of()))).toList());
	}

	/**
	 * Returns the round in the middle, so that all numbers shown are of one round.
	 */
	private static Measured median(List<Measured> rounds) {
		return rounds.stream()
			.sorted(Comparator.comparingLong((measured) -> measured.result().rate()))
			.skip(rounds.size() / 2)
			.findFirst()
			.orElseThrow();
	}

}
