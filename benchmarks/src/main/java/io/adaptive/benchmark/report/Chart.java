package io.adaptive.benchmark.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.adaptive.benchmark.process.Measured;

/**
 * The cells of one transport as a drawing: a panel for each cell, a bar for each
 * contestant, the longest bar for the fastest of its panel.
 *
 * @param cells the cells
 * @param threads what kind of threads called
 */
public record Chart(List<Cell> cells, String threads) {

	private static final int COLUMNS = 4;

	private static final int PANEL_WIDTH = 300;

	private static final int BAR_LEFT = 90;

	private static final int BAR_WIDTH = 130;

	private static final int LINE = 16;

	/**
	 * Draws.
	 * @param file where to
	 */
	public void write(Path file) {
		try {
			Files.writeString(file, draw());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String draw() {
		int bars = this.cells.stream().mapToInt((cell) -> cell.measured().size()).max().orElse(0);
		int panelHeight = (bars + 2) * LINE;
		int rows = (this.cells.size() + COLUMNS - 1) / COLUMNS;
		StringBuilder svg = new StringBuilder();
		svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" "
			.formatted(COLUMNS * PANEL_WIDTH, rows * panelHeight + LINE));
		svg.append("font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
		for (int i = 0; i < this.cells.size(); i++) {
			svg.append("<g transform=\"translate(%d,%d)\">%n".formatted(i % COLUMNS * PANEL_WIDTH,
					i / COLUMNS * panelHeight + LINE));
			panel(svg, this.cells.get(i));
			svg.append("</g>\n");
		}
		return svg.append("</svg>\n").toString();
	}

	private void panel(StringBuilder svg, Cell cell) {
		svg.append("<text x=\"8\" y=\"0\" font-weight=\"bold\">%s %d B, n=%d, %s</text>%n".formatted(cell.transport(),
				cell.payload(), cell.callers(), this.threads));
		long best = cell.measured().stream().mapToLong((one) -> one.result().rate()).max().orElse(1);
		int y = LINE;
		for (Measured one : cell.measured()) {
			long width = Math.max(1, one.result().rate() * BAR_WIDTH / Math.max(1, best));
			String color = one.contestant().startsWith("adaptive") ? "#1f77b4" : "#aaaaaa";
			svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>".formatted(BAR_LEFT - 5, y,
					one.contestant()));
			svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"11\" fill=\"%s\"/>".formatted(BAR_LEFT, y - 10,
					width, color));
			svg.append("<text x=\"%d\" y=\"%d\">%,d</text>%n".formatted(BAR_LEFT + width + 4, y, one.result().rate()));
			y += LINE;
		}
	}

}
