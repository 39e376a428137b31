package io.adaptive.topidchart.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.adaptive.topidchart.RunningChart;
import io.adaptive.topidchart.SlowTest;
import io.adaptive.topidchart.TestDatabase;
import io.adaptive.topidchart.TopidChartApplication;
import io.adaptive.topidchart.series.Bucket;
import io.adaptive.topidchart.series.Grid;
import io.adaptive.topidchart.store.ChartSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import perf.topid.message.ChartMessages.SessionOpened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A database that is away for a while. A block is of five samples, and two may wait.
 */
@ParameterizedClass
@EnumSource
@SlowTest
@Timeout(180)
class DatabaseAwayTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final AtomicBoolean AWAY = new AtomicBoolean();

	@Parameter
	private TestDatabase kind;

	@Test
	void blocksWaitThenSamplesWaitAndNothingIsLost(@TempDir Path folder) throws Exception {
		List<String> properties = new ArrayList<>(this.kind.properties());
		properties.addAll(List.of("topidchart.session.block-samples=5", "topidchart.session.waiting-blocks=2"));
		try (RunningChart chart = RunningChart.start(folder, Switchable.class, properties.toArray(String[]::new))) {
			SessionOpened opened = chart.open("away");
			long first = System.currentTimeMillis() / 1000 * 1000 - 100_000;
			AWAY.set(true);
			LongStream.rangeClosed(1, 40)
				.forEach((number) -> chart.connection().send(RunningChart.sample(opened, first, number)));
			await().atMost(LONG).until(() -> chart.reader().isDatabaseAway());
			// One block is tried, two wait, and the fourth one holds up the sender.
			await().atMost(LONG).until(() -> chart.session(opened).progress().lastNumber() == 20);
			ChartSession session = chart.session(opened);
			assertThat(seconds(chart, session, first)).hasSize(20);
			assertThat(chart.reader().sampleAt(session, first + 3000)).hasSize(6);
			assertThat(chart.reader().latest(Long.MAX_VALUE, 1000)).extracting(ChartSession::name)
				.containsExactly(session.name());
			AWAY.set(false);
			await().atMost(LONG).until(() -> chart.session(opened).progress().lastNumber() == 40);
			await().atMost(LONG).until(() -> stored(chart) == 8);
			assertThat(chart.reader().isDatabaseAway()).isFalse();
			assertThat(seconds(chart, session, first)).hasSize(40);
			await().atMost(LONG).until(() -> journals(folder) == 0);
		}
	}

	private static List<Bucket> seconds(RunningChart chart, ChartSession session, long first) {
		Map<Integer, List<Bucket>> buckets = chart.reader()
			.buckets(session, List.of(2), Grid.of(first, first + 60_000, 60, 1000));
		return Bucket.merged(buckets.get(2), 1000);
	}

	private static long stored(RunningChart chart) {
		Long rows = chart.bean(JdbcTemplate.class)
			.queryForObject("select count(*) from block where resolution = 0 and series_id = 2", Long.class);
		return (rows == null) ? 0 : rows;
	}

	private static long journals(Path folder) throws Exception {
		try (Stream<Path> files = Files.list(folder.resolve("data/journal"))) {
			return files.count();
		}
	}

	/**
	 * The service with a database that can be away.
	 */
	@Import(TopidChartApplication.class)
	static class Switchable {

		@Bean
		static BeanPostProcessor switchableDatabase() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof DataSource database) ? new SwitchableDatabase(database) : bean;
				}

			};
		}

	}

	/**
	 * A database that is away when the test says so.
	 */
	private static final class SwitchableDatabase extends DelegatingDataSource {

		SwitchableDatabase(DataSource database) {
			super(database);
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (AWAY.get()) {
				throw new SQLTransientConnectionException("made up by this test");
			}
			return super.getConnection();
		}

	}

}
