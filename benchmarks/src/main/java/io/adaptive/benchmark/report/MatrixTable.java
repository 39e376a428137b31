package io.adaptive.benchmark.report;

import java.util.OptionalLong;

import io.adaptive.benchmark.contestant.Contestants;
import io.adaptive.benchmark.process.Measured;

/**
 * A cell as a table, in Markdown.
 *
 * @param cell the cell
 */
public record MatrixTable(Cell cell) {

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		text.append("%n%s, %d B %s, n=%d, %s callers%n%n".formatted(this.cell.transport(), this.cell.payload(),
				this.cell.upload() ? "up" : "down", this.cell.callers(), this.cell.threads()));
		text.append("| who | TPS | p50 us | p99 us | p99.9 us | CPU us/call | client B/call | server B/call ");
		text.append("| adaptive / this | adaptive-nb / this |%n".formatted());
		text.append("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |%n".formatted());
		this.cell.measured().forEach((one) -> text.append(row(one)));
		return text.toString();
	}

	private String row(Measured one) {
		String starved = (one.result().idleCallers() > 0)
				? " (%d callers starved)".formatted(one.result().idleCallers()) : "";
		return "| %s%s | %,d | %.1f | %.1f | %.1f | %.1f | %,d | %,d | %s | %s |%n".formatted(one.contestant(), starved,
				one.result().rate(), one.result().p50() / 1e3, one.result().p99() / 1e3, one.result().p999() / 1e3,
				one.cpuMicros(), one.clientAllocation(), one.serverAllocation(), ratio(Contestants.WORKERS, one),
				ratio(Contestants.NON_BLOCKING, one));
	}

	private String ratio(String ours, Measured one) {
		OptionalLong rate = this.cell.rateOf(ours);
		return rate.isPresent() ? "%.2f".formatted(rate.getAsLong() / (double) Math.max(1, one.result().rate())) : "";
	}

}
