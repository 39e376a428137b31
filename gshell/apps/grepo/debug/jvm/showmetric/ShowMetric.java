package debug.jvm.showmetric;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * Prints numbers of this process, a name and a value in each line.
 */
public final class ShowMetric {

	private ShowMetric() {
	}

	public static void main(String[] args) {
		print("uptime.ms", ManagementFactory.getRuntimeMXBean().getUptime());
		print("processors", Runtime.getRuntime().availableProcessors());
		printProcess();
		printThreads();
		printMemory();
		for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
			String name = "gc." + nameOf(collector.getName());
			print(name + ".count", collector.getCollectionCount());
			print(name + ".ms", collector.getCollectionTime());
		}
		ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
		print("classes.loaded", classes.getLoadedClassCount());
		print("classes.unloaded", classes.getUnloadedClassCount());
	}

	private static void printProcess() {
		if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
			print("cpu.ms", system.getProcessCpuTime() / 1_000_000);
			print("files.open", system.getOpenFileDescriptorCount());
			print("files.max", system.getMaxFileDescriptorCount());
		}
	}

	private static void printThreads() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		print("threads.live", threads.getThreadCount());
		print("threads.daemon", threads.getDaemonThreadCount());
		print("threads.peak", threads.getPeakThreadCount());
		print("threads.started", threads.getTotalStartedThreadCount());
	}

	private static void printMemory() {
		print("memory.heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
		print("memory.nonheap", ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
		for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
			print("memory.pool." + nameOf(pool.getName()), pool.getUsage());
		}
	}

	private static String nameOf(String text) {
		return text.replaceAll("[^A-Za-z0-9]+", "_");
	}

	private static void print(String name, MemoryUsage usage) {
		print(name + ".used", usage.getUsed());
		print(name + ".committed", usage.getCommitted());
		print(name + ".max", usage.getMax());
	}

	private static void print(String name, long value) {
		System.out.println(name + " " + value);
	}

}
