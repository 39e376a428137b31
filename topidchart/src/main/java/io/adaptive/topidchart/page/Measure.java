package io.adaptive.topidchart.page;

import java.util.function.Function;

import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.Range;
import io.adaptive.topidchart.store.StoredSeries;

/**
 * What a chart shows.
 */
enum Measure {

	/** Processor time in percent of one processor. */
	CPU(100),

	/** Memory in megabytes. */
	MEMORY(1024);

	private static final double DECIMALS = 100;

	private final double unit;

	Measure(double unit) {
		this.unit = unit;
	}

	Function<Bucket, Range> ofBucket() {
		return (this == CPU) ? Bucket::cpu : Bucket::memory;
	}

	Range of(StoredSeries series) {
		return (this == CPU) ? series.stats().cpu() : series.stats().memory();
	}

	boolean isShownBy(Filter filter, StoredSeries series) {
		return (this == CPU) ? filter.showsCpu(of(series)) : filter.showsMemory(of(series));
	}

	/**
	 * Returns a value in the unit of the chart, with two decimals.
	 */
	double inUnit(double value) {
		return Math.round(value / this.unit * DECIMALS) / DECIMALS;
	}

}
