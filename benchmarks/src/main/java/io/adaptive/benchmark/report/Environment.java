package io.adaptive.benchmark.report;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Where and when was measured: what a table is worth nothing without.
 */
public final class Environment {

	private Environment() {
	}

	/**
	 * Describes this machine and this Java, at this moment.
	 * @return one line
	 */
	public static String describe() {
		return "%s, Java %s (%s), %s %s, %d processors, load average %.1f".formatted(LocalDate.now(ZoneOffset.UTC),
				Runtime.version(), System.getProperty("java.vendor"), System.getProperty("os.name"),
				System.getProperty("os.arch"), Runtime.getRuntime().availableProcessors(),
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

}
