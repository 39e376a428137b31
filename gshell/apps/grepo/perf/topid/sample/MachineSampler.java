package perf.topid.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

import perf.topid.proc.CpuTimes;
import perf.topid.proc.MemoryUse;
import perf.topid.proc.ProcFolder;

/**
 * Makes series of a machine: for each processor the share of its time in percent between
 * two readings, by what it did, and the memory in kilobytes. For one thread.
 */
public final class MachineSampler {

	private static final Map<String, ToLongFunction<CpuTimes>> PARTS = parts();

	private final ProcFolder proc;

	private Map<Integer, CpuTimes> before = Map.of();

	/**
	 * Makes a sampler.
	 * @param proc where the machine is seen
	 */
	public MachineSampler(ProcFolder proc) {
		this.proc = proc;
	}

	private static Map<String, ToLongFunction<CpuTimes>> parts() {
		Map<String, ToLongFunction<CpuTimes>> parts = new LinkedHashMap<>();
		parts.put("user", CpuTimes::user);
		parts.put("nice", CpuTimes::nice);
		parts.put("system", CpuTimes::system);
		parts.put("idle", CpuTimes::idle);
		parts.put("iowait", CpuTimes::iowait);
		parts.put("irq", CpuTimes::irq);
		parts.put("softirq", CpuTimes::softirq);
		parts.put("steal", CpuTimes::steal);
		parts.put("guest", CpuTimes::guest);
		parts.put("guestnice", CpuTimes::guestnice);
		return parts;
	}

	/**
	 * Reads the machine. A processor has series from the second sample on in which it is
	 * on line.
	 * @return the series, each with its name
	 * @throws IOException if they cannot be read
	 */
	public List<MachineSeries> sample() throws IOException {
		List<MachineSeries> series = new ArrayList<>();
		Map<Integer, CpuTimes> now = new HashMap<>();
		for (CpuTimes processor : this.proc.cpuTimes()) {
			now.put(processor.processor(), processor);
			CpuTimes last = this.before.get(processor.processor());
			if (last != null) {
				add(processor, last, series);
			}
		}
		this.before = now;
		MemoryUse memory = this.proc.memoryUse();
		series.add(new MachineSeries("memory.available", memory.available()));
		series.add(new MachineSeries("memory.cache", memory.cache()));
		series.add(new MachineSeries("memory.free", memory.free()));
		series.add(new MachineSeries("memory.buffers", memory.buffers()));
		series.add(new MachineSeries("memory.shmem", memory.shmem()));
		series.add(new MachineSeries("memory.used", memory.used()));
		return series;
	}

	/** The kernel corrects idle and iowait downwards now and then. */
	private static void add(CpuTimes now, CpuTimes last, List<MachineSeries> series) {
		long all = total(now) - total(last);
		PARTS.forEach((name, part) -> {
			long ticks = Math.max(0, part.applyAsLong(now) - part.applyAsLong(last));
			series.add(new MachineSeries("cpu" + now.processor() + "." + name,
					(all > 0) ? Math.min(100, ticks * 100.0 / all) : 0));
		});
	}

	/** Guest time is part of user time and nice time. */
	private static long total(CpuTimes times) {
		return times.user() + times.nice() + times.system() + times.idle() + times.iowait() + times.irq()
				+ times.softirq() + times.steal();
	}

}
