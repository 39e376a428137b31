package io.adaptive.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The arithmetic of scaling.
 */
class ScaleFactorsTests {

	private static final ScaleFactors SCALING = new ScaleFactors(2, 128, 8, 100);

	private static final ScaleFactors FIXED = new ScaleFactors(4, 128, -1, 0);

	@Test
	void theDefaultIsOneResidentWorkerAndWeightEight() {
		assertThat(ScaleFactors.DEFAULT).isEqualTo(new ScaleFactors(1, 128, 8, 0));
	}

	@Test
	void aPoolNeedsAResidentWorker() {
		assertThatIllegalArgumentException().isThrownBy(() -> SCALING.withResidentWorkers(0))
			.withMessage("A pool has at least 1 resident worker, not 0");
	}

	@Test
	void aQueueNeedsRoom() {
		assertThatIllegalArgumentException().isThrownBy(() -> SCALING.withQueueSizePerCore(0))
			.withMessage("The queue size is at least 1 per core, not 0");
	}

	@Test
	void theWeightIsNotZero() {
		assertThatIllegalArgumentException().isThrownBy(() -> SCALING.withQueueWeight(0))
			.withMessageContaining("below 0 for a fixed pool, not 0");
	}

	@ParameterizedTest
	@CsvSource({ "1", "-1" })
	void theMaximumIsNotBelowTheResidentWorkers(int maximum) {
		assertThatIllegalArgumentException().isThrownBy(() -> SCALING.withMaxWorkers(maximum))
			.withMessage(
					"The maximum of workers is 0 for the default, or not below the 2 resident ones, not " + maximum);
	}

	@Test
	void eachFactorIsChangedAlone() {
		assertThat(SCALING.withResidentWorkers(3)).isEqualTo(new ScaleFactors(3, 128, 8, 100));
		assertThat(SCALING.withQueueSizePerCore(3)).isEqualTo(new ScaleFactors(2, 3, 8, 100));
		assertThat(SCALING.withQueueWeight(3)).isEqualTo(new ScaleFactors(2, 128, 3, 100));
		assertThat(SCALING.withMaxWorkers(3)).isEqualTo(new ScaleFactors(2, 128, 8, 3));
	}

	@ParameterizedTest
	@CsvSource({ "PLATFORM, 1, 1024", "VIRTUAL, 1, 10000", "PLATFORM, 2000, 2000" })
	void anUnsetMaximumIsThatOfTheKindAndNeverBelowTheResidentWorkers(WorkerKind kind, int resident, int maximum) {
		ScaleFactors factors = ScaleFactors.DEFAULT.withResidentWorkers(resident).resolve(kind);
		assertThat(factors.maxWorkers()).isEqualTo(maximum);
		assertThat(factors.limit()).isEqualTo(maximum);
	}

	@Test
	void aGivenMaximumHoldsForEveryKind() {
		assertThat(SCALING.resolve(WorkerKind.VIRTUAL)).isEqualTo(SCALING);
	}

	@ParameterizedTest
	@CsvSource({ "0, 2", "7, 2", "8, 3", "800, 102" })
	void theTargetIsQueuedByWeightPlusResident(int queued, int target) {
		assertThat(SCALING.target(queued)).isEqualTo(target);
	}

	@ParameterizedTest
	// queued, total, idle, missing
	@CsvSource({ "0, 2, 2, 0", "0, 2, 1, 1", "0, 2, 0, 2", "80, 12, 2, 10", "80, 95, 2, 5", "80, 100, 0, 0",
			"0, 9, 7, -5", "0, 9, 0, 2", "0, 103, 0, -3", "0, 103, 9, -7" })
	void missingIsWhatTheIdleOnesLackWithinTheMaximum(int queued, int total, int idle, int missing) {
		assertThat(SCALING.missing(queued, total, idle)).isEqualTo(missing);
	}

	@ParameterizedTest
	@CsvSource({ "0, 4, 4, 0", "800, 4, 0, 0", "0, 3, 3, 1", "800, 6, 0, -2" })
	void aFixedPoolLooksAtItsTotalAlone(int queued, int total, int idle, int missing) {
		assertThat(FIXED.missing(queued, total, idle)).isEqualTo(missing);
		assertThat(FIXED.target(queued)).isEqualTo(4);
		assertThat(FIXED.limit()).isEqualTo(4);
	}

	@Test
	void hugeFactorsDoNotOverflow() {
		ScaleFactors huge = new ScaleFactors(Integer.MAX_VALUE, Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
		assertThat(huge.target(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
		assertThat(huge.queueSize(64)).isEqualTo(Integer.MAX_VALUE);
		assertThat(huge.missing(Integer.MAX_VALUE, 0, 0)).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void theQueueSizeGrowsWithTheCores() {
		assertThat(SCALING.queueSize(2)).isEqualTo(256);
	}

}
