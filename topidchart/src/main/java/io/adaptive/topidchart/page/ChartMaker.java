package io.adaptive.topidchart.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.Grid;
import io.adaptive.topidchart.series.SeriesKey;
import io.adaptive.topidchart.session.SessionReader;
import io.adaptive.topidchart.store.ChartSession;
import io.adaptive.topidchart.store.StoredSeries;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes charts. The statistics of the series tell which ones are shown, so that only
 * those are read.
 */
@Component
class ChartMaker {

	private static final String MEMORY = "[memory.";

	private final SessionReader reader;

	private final PageProperties properties;

	ChartMaker(SessionReader reader, PageProperties properties) {
		this.reader = reader;
		this.properties = properties;
	}

	/**
	 * Makes the charts of a session. Reads the database.
	 */
	Charts charts(ChartSession session, ChartRequest request) {
		Grid grid = Grid.of(request.from(), Math.max(request.from() + 1, request.to()),
				Math.max(1, Math.min(request.width(), this.properties.maxWidth())), 1000L * session.intervalSeconds());
		List<StoredSeries> all = this.reader.series(session);
		Filter filter = Filter.of(request.filter());
		Choice cpu = choose(Measure.CPU, filter, request, all);
		Choice memory = choose(Measure.MEMORY, filter, request, all);
		Set<Integer> ids = new HashSet<>();
		cpu.addTo(ids, grid);
		memory.addTo(ids, grid);
		Map<Integer, List<Bucket>> buckets = this.reader.buckets(session, List.copyOf(ids), grid);
		bridge(session, grid, cpu.total, buckets);
		return new Charts(grid.start(), grid.millis(), grid.steps(), !Filter.isFilter(request.filter()),
				chart(cpu, grid, buckets), chart(memory, grid, buckets));
	}

	/**
	 * Fills steps that are empty only because samples do not come to the millisecond,
	 * with the sample before.
	 */
	private static void bridge(ChartSession session, Grid grid, List<StoredSeries> total,
			Map<Integer, List<Bucket>> buckets) {
		if (grid.millis() > 1000L * session.intervalSeconds() || total.isEmpty()) {
			return;
		}
		List<Bucket> samples = buckets.getOrDefault(total.get(0).id(), List.of());
		Set<Long> bridged = new HashSet<>();
		grid.bridged(samples, 1000L * session.intervalSeconds())
			.forEach((step) -> bridged.add(grid.start() + step * grid.millis()));
		for (List<Bucket> each : buckets.values()) {
			each.addAll(
					each.stream()
						.map((bucket) -> new Bucket(grid.start()
								+ (Math.floorDiv(bucket.start() - grid.start(), grid.millis()) + 1) * grid.millis(),
								bucket.cpu(), bucket.memory()))
						.filter((next) -> bridged.contains(next.start()))
						.toList());
		}
	}

	private Choice choose(Measure measure, Filter filter, ChartRequest request, List<StoredSeries> all) {
		List<StoredSeries> processes = all.stream().filter((each) -> !each.key().isMachine()).toList();
		int top = Math.max(0, Math.min(request.top(), this.properties.maxSeries()));
		List<StoredSeries> shown = processes.stream()
			.filter((each) -> measure.isShownBy(filter, each))
			.sorted(Comparator.comparingDouble((StoredSeries each) -> measure.of(each).mean()).reversed())
			.limit(top)
			.toList();
		List<StoredSeries> machine = !request.machine() ? List.of()
				: all.stream()
					.filter((each) -> each.key().isMachine() && !each.key().equals(SeriesKey.TOTAL))
					.filter((each) -> each.name().startsWith(MEMORY) == (measure == Measure.MEMORY))
					.limit(this.properties.maxSeries())
					.toList();
		List<StoredSeries> total = all.stream().filter((each) -> each.key().equals(SeriesKey.TOTAL)).toList();
		return new Choice(measure, shown, machine, total, processes.size() - shown.size());
	}

	private static Chart chart(Choice choice, Grid grid, Map<Integer, List<Bucket>> buckets) {
		List<Line> lines = choice.shown.stream().map((each) -> line(choice.measure, each, grid, buckets)).toList();
		List<Line> machine = choice.machine.stream().map((each) -> line(choice.measure, each, grid, buckets)).toList();
		@Nullable Double[] other = new @Nullable Double[grid.steps()];
		choice.total.forEach((each) -> line(choice.measure, each, grid, buckets).means().toArray(other));
		for (Line line : lines) {
			for (int i = 0; i < other.length; i++) {
				Double rest = other[i];
				Double value = line.means().get(i);
				if (rest != null && value != null) {
					other[i] = Math.max(0, Math.round((rest - value) * 100) / 100.0);
				}
			}
		}
		return new Chart(lines, Arrays.asList(other), choice.hidden, machine);
	}

	private static Line line(Measure measure, StoredSeries series, Grid grid, Map<Integer, List<Bucket>> buckets) {
		List<Bucket> own = buckets.getOrDefault(series.id(), List.of());
		return new Line(Line.key(series.key()), Line.name(series), series.stats().lastMillis(),
				measure.inUnit(measure.of(series).mean()), measure.inUnit((double) measure.of(series).greatest()),
				values(measure, grid.means(own, measure.ofBucket())),
				values(measure, grid.greatest(own, measure.ofBucket())));
	}

	private static List<@Nullable Double> values(Measure measure, double[] values) {
		List<@Nullable Double> list = new ArrayList<>(values.length);
		for (double each : values) {
			list.add(Double.isNaN(each) ? null : measure.inUnit(each));
		}
		return list;
	}

	/**
	 * The series of a chart.
	 */
	private record Choice(Measure measure, List<StoredSeries> shown, List<StoredSeries> machine,
			List<StoredSeries> total, int hidden) {

		/** Those that ended before the span have nothing in it. */
		void addTo(Set<Integer> ids, Grid grid) {
			Stream.of(this.shown, this.machine, this.total)
				.flatMap(List::stream)
				.filter((each) -> each.stats().lastMillis() >= grid.start())
				.forEach((each) -> ids.add(each.id()));
		}

	}

}
