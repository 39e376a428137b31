package io.adaptive.benchmark.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.process.Measured;

/**
 * Every single measurement, one line each.
 */
public final class CsvFile {

	private static final String HEAD = "transport,payload,direction,callers,threads,round,who,tps,p50_ns,p99_ns,p999_ns,"
			+ "cpu_us_per_call,client_bytes_per_call,server_bytes_per_call,starved_callers";

	private final Path path;

	/**
	 * Starts the file anew.
	 * @param path the file
	 */
	public CsvFile(Path path) {
		this.path = path;
		try {
			Path parent = path.getParent();
			if (parent != null) {
				Files.createDirectories(parent);
			}
			Files.writeString(path, HEAD + System.lineSeparator());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Adds a measurement.
	 * @param transport over what
	 * @param payload bytes
	 * @param round which round, from 1
	 * @param one what was measured
	 */
	public void add(Transport transport, int payload, int round, Measured one) {
		String line = "%s,%d,%s,%d,%s,%d,%s,%d,%d,%d,%d,%.2f,%d,%d,%d%n".formatted(transport, payload,
				(one.load().requestSize() == payload) ? "upload" : "download", one.load().callers(),
				one.load().virtual() ? "virtual" : "platform", round, one.contestant(), one.result().rate(),
				one.result().p50(), one.result().p99(), one.result().p999(), one.cpuMicros(), one.clientAllocation(),
				one.serverAllocation(), one.result().idleCallers());
		try {
			Files.writeString(this.path, line, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
