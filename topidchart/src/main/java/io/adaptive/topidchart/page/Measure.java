package io.adaptive.topidchart.page;

import java.util.function.Function;

import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.Range;
import io.adaptive.topidchart.series.SeriesStats;
import io.adaptive.topidchart.store.StoredSeries;

/**
 * What a chart shows.
 */
enum Measure {

	/** Processor time in percent of one processor. */
	CPU(Bucket::cpu, SeriesStats::cpu, 100),

	/** Memory in megabytes. */
	MEMORY(Bucket::memory, SeriesStats::memory, 1024);

	private static final double DECIMALS = 100;

	private final Function<Bucket, Range> ofBucket;

	private final Function<SeriesStats, Range> ofStats;

	private final double unit;

	Measure(Function<Bucket, Range> ofBucket, Function<SeriesStats, Range> ofStats, double unit) {
		this.ofBucket = ofBucket;
		this.ofStats = ofStats;
		this.unit = unit;
	}

	Function<Bucket, Range> ofBucket() {
		return this.ofBucket;
	}

	Range of(StoredSeries series) {
		return this.ofStats.apply(series.stats());
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
