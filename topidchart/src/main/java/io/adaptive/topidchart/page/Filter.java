package io.adaptive.topidchart.page;

import java.util.regex.Pattern;

import io.adaptive.topidchart.series.Range;

/**
 * Which processes a visitor does not want to see: those at or under both limits of a
 * chart.
 *
 * @param averageCpu limit of the average of processor time, in percent of one processor
 * @param greatestCpu limit of its greatest value
 * @param averageMemory limit of the average of memory, in megabytes
 * @param greatestMemory limit of its greatest value
 */
record Filter(double averageCpu, double greatestCpu, double averageMemory, double greatestMemory) {

	static final Filter DEFAULT = new Filter(2, 10, 10, 20);

	private static final Pattern FORM = Pattern.compile("\\d{1,9}(\\.\\d{1,3})?(,\\d{1,9}(\\.\\d{1,3})?){3}");

	private static final double HUNDREDTHS = 100;

	private static final double KILOBYTES = 1024;

	/**
	 * Returns whether a text is a filter: four numbers with commas between.
	 */
	static boolean isFilter(String text) {
		return FORM.matcher(text).matches();
	}

	/**
	 * Returns the filter of a text, the default if it is none.
	 */
	static Filter of(String text) {
		if (!isFilter(text)) {
			return DEFAULT;
		}
		String[] parts = text.split(",", -1);
		return new Filter(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]),
				Double.parseDouble(parts[3]));
	}

	boolean showsCpu(Range cpu) {
		return cpu.mean() > this.averageCpu * HUNDREDTHS || cpu.greatest() > this.greatestCpu * HUNDREDTHS;
	}

	boolean showsMemory(Range memory) {
		return memory.mean() > this.averageMemory * KILOBYTES || memory.greatest() > this.greatestMemory * KILOBYTES;
	}

}
