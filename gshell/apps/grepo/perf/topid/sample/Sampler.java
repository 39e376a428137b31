package perf.topid.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

import perf.topid.proc.KernelUnits;
import perf.topid.proc.ProcFolder;
import perf.topid.proc.ProcessStat;

/**
 * Makes rates out of two readings of each process. A process is known by its id and the
 * time of its start, so that one that got the id of another begins anew. For one thread.
 */
public final class Sampler {

	private static final int SAMPLES_PER_LOOK = 16;

	private final ProcFolder proc;

	private final KernelUnits units;

	private final Details details;

	private final LongSupplier nanoTime;

	private Map<Integer, Known> known = new HashMap<>();

	/**
	 * Makes a sampler.
	 * @param proc where processes are seen
	 * @param units in which the kernel counts
	 * @param details what is read besides
	 * @param nanoTime the clock, in nanoseconds; rates are over its time
	 */
	public Sampler(ProcFolder proc, KernelUnits units, Details details, LongSupplier nanoTime) {
		this.proc = proc;
		this.units = units;
		this.details = details;
		this.nanoTime = nanoTime;
	}

	/**
	 * Reads the processes. In the first sample that sees a process its rates are zero.
	 * @return the processes that could be read, in the order of their ids
	 * @throws IOException if {@code /proc} cannot be listed
	 */
	public List<ProcessUsage> sample() throws IOException {
		Map<Integer, Known> now = new HashMap<>();
		List<ProcessUsage> usages = new ArrayList<>();
		for (int pid : this.proc.processes()) {
			try {
				usages.add(read(pid, now));
			}
			catch (IOException ex) {
				// It has ended, or belongs to somebody who does not show it.
			}
		}
		this.known = now;
		return usages;
	}

	private ProcessUsage read(int pid, Map<Integer, Known> now) throws IOException {
		ProcessStat stat = this.proc.process(pid);
		long time = this.nanoTime.getAsLong();
		Known process = this.known.get(pid);
		if (process == null || process.reading.start != stat.startTicks()) {
			process = new Known(new Reading(stat, time));
		}
		Reading before = process.reading;
		process.reading = new Reading(stat, time);
		readDetails(pid, stat, process);
		List<ThreadUsage> threads = (this.details.threads() && stat.threads() > 1) ? threads(pid, process) : List.of();
		OptionalLong memory = this.details.proportionalMemory() ? process.proportional
				: OptionalLong.of(this.proc.residentPages(pid) * this.units.pageBytes() / 1024);
		now.put(pid, process);
		return new ProcessUsage(pid, stat.startTicks(), stat.parent(), stat.name(), process.commandLine, stat.kernel(),
				stat.priority(), process.reading.userSince(before, this.units),
				process.reading.systemSince(before, this.units), memory, threads);
	}

	/**
	 * Reads what changes seldom, or costs much.
	 */
	private void readDetails(int pid, ProcessStat stat, Known process) throws IOException {
		boolean renamed = !stat.name().equals(process.name);
		if (this.details.commandLines() && (renamed || process.samples % SAMPLES_PER_LOOK == 0)) {
			process.commandLine = this.proc.commandLine(pid);
		}
		process.name = stat.name();
		if (this.details.proportionalMemory() && process.samples % SAMPLES_PER_LOOK == 0) {
			process.proportional = stat.kernel() ? OptionalLong.of(0) : this.proc.proportionalMemory(pid);
		}
		process.samples++;
	}

	private List<ThreadUsage> threads(int pid, Known process) throws IOException {
		Map<Integer, Reading> now = new HashMap<>();
		List<ThreadUsage> usages = new ArrayList<>();
		for (int tid : this.proc.threads(pid)) {
			try {
				ProcessStat stat = this.proc.thread(pid, tid);
				Reading reading = new Reading(stat, this.nanoTime.getAsLong());
				Reading before = process.threads.get(tid);
				before = (before != null && before.start == reading.start) ? before : reading;
				now.put(tid, reading);
				usages.add(new ThreadUsage(tid, stat.startTicks(), stat.name(), stat.priority(),
						reading.userSince(before, this.units), reading.systemSince(before, this.units)));
			}
			catch (IOException ex) {
				// It has ended.
			}
		}
		process.threads = now;
		return usages;
	}

	/**
	 * What is known of a process since it was seen first.
	 */
	private static final class Known {

		private Reading reading;

		private String name = "";

		private String commandLine = "";

		private int samples;

		private OptionalLong proportional = OptionalLong.empty();

		private Map<Integer, Reading> threads = Map.of();

		Known(Reading reading) {
			this.reading = reading;
		}

	}

	/**
	 * The counters of a process or thread at a moment.
	 */
	private record Reading(long start, long userTicks, long systemTicks, long nanos) {

		Reading(ProcessStat stat, long nanos) {
			this(stat.startTicks(), stat.userTicks(), stat.systemTicks(), nanos);
		}

		double userSince(Reading before, KernelUnits units) {
			return percent(this.userTicks - before.userTicks, before, units);
		}

		double systemSince(Reading before, KernelUnits units) {
			return percent(this.systemTicks - before.systemTicks, before, units);
		}

		/** The kernel may correct a counter downwards a little. */
		private double percent(long ticks, Reading before, KernelUnits units) {
			long time = this.nanos - before.nanos;
			return (time > 0 && ticks > 0) ? ticks * 1e11 / (units.ticksPerSecond() * (double) time) : 0;
		}

	}

}
