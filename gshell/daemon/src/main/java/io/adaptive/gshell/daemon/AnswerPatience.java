package io.adaptive.gshell.daemon;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.DoubleSupplier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Longest wait for the answers of groups: a second on a quiet machine; on a busy one
 * longer by the load average for each processor, ten seconds at most. For any number of
 * threads.
 */
@Component
class AnswerPatience {

	private static final Duration QUIET = Duration.ofSeconds(1);

	private static final int MOST = 10;

	private final DoubleSupplier loadAverage;

	private final int processors;

	@Autowired
	AnswerPatience() {
		this(ManagementFactory.getOperatingSystemMXBean()::getSystemLoadAverage,
				Runtime.getRuntime().availableProcessors());
	}

	/**
	 * Makes the patience of a machine.
	 * @param loadAverage load average of a minute; negative if it is not known
	 * @param processors number of processors
	 */
	AnswerPatience(DoubleSupplier loadAverage, int processors) {
		this.loadAverage = loadAverage;
		this.processors = processors;
	}

	/**
	 * The longest wait at the moment.
	 */
	Duration now() {
		double times = Math.min(MOST, Math.max(1, this.loadAverage.getAsDouble() / this.processors));
		return Duration.ofMillis((long) (times * QUIET.toMillis()));
	}

}
