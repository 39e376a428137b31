package io.adaptive.internal.dispatch;

import io.adaptive.message.WorkerStatistics;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What the numbers of a pool say, and how they rate it.
 */
class WorkerPoolStatisticsTests {

	private static WorkerStatistics scaling(int cpus, int queued, int busy) {
		return new WorkerStatistics(cpus, 1, 8, 256, queued, busy + 1, busy, 1, queued / 8 + 1, 1024, 0, 0);
	}

	private static WorkerStatistics fixed(int cpus, int resident, int queued, int busy) {
		return new WorkerStatistics(cpus, resident, -1, 256, queued, resident, busy, resident - busy, resident,
				resident, 0, 0);
	}

	@Test
	void anIdlePoolSaysSo() {
		try (WorkerPool pool = new WorkerPool(WorkerKind.PLATFORM, new ScaleFactors(2, 10, 4, 8), false)) {
			int cpus = Runtime.getRuntime().availableProcessors();
			assertThat(pool.statistics())
				.isEqualTo(new WorkerStatistics(cpus, 2, 4, 10 * cpus, 0, 2, 0, 2, 2, 8, 0, 0));
		}
	}

	@ParameterizedTest
	@CsvSource({ "4, 0, 0, 4.0", "4, 0, 3, 1.0", "4, 64, 7, 0.25", "4, 7, 3, 1.0", "8, 64, 7, 0.5" })
	void theScoreOfAScalingPoolIsProcessorsForEachWorkerItNeeds(int cpus, int queued, int busy, double score) {
		assertThat(scaling(cpus, queued, busy).capacityScore()).isEqualTo(score, within(1e-9));
	}

	@Test
	void aFixedPoolIsRatedBelowEveryScalingOne() {
		assertThat(fixed(64, 64, 0, 0).capacityScore()).isNegative();
		assertThat(scaling(1, 100_000, 1_000).capacityScore()).isPositive();
	}

	@Test
	void amongFixedPoolsMoreIdleWorkersAreBetter() {
		assertThat(fixed(4, 8, 0, 2).capacityScore()).isGreaterThan(fixed(4, 8, 0, 3).capacityScore());
		assertThat(fixed(4, 8, 0, 7).capacityScore()).isGreaterThan(fixed(4, 8, 0, 8).capacityScore());
	}

	@Test
	void amongFixedPoolsMoreUsableProcessorsAreBetter() {
		assertThat(fixed(8, 8, 0, 4).capacityScore()).isGreaterThan(fixed(4, 8, 0, 4).capacityScore());
		assertThat(fixed(16, 8, 0, 4).capacityScore()).isEqualTo(fixed(8, 8, 0, 4).capacityScore());
	}

	@Test
	void amongFixedPoolsWithoutAnIdleWorkerTheShorterQueueIsBetter() {
		assertThat(fixed(4, 8, 0, 8).capacityScore()).isGreaterThan(fixed(4, 8, 1, 8).capacityScore());
		assertThat(fixed(4, 8, 20, 8).capacityScore()).isGreaterThan(fixed(4, 4, 20, 4).capacityScore());
		assertThat(fixed(4, 1, Integer.MAX_VALUE, 1).capacityScore()).isFinite();
	}

}
