package io.adaptive.gshell.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.adaptive.gshell.SlowTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prints what the stop check costs: the least processor time of 25 runs of a loop with
 * and without it.
 */
class StopCheckCostTests {

	private static final String SOURCE = """
			import java.lang.management.*;
			import java.util.*;
			import java.util.function.LongSupplier;
			public class Main {
				static final int[] NUMBERS = new Random(1).ints(1 << 14).toArray();
				static final class Node { Node next; int value; }
				static final Node FIRST = nodes();
				static Node nodes() {
					Node[] all = new Node[1 << 16];
					for (int i = 0; i < all.length; i++) { all[i] = new Node(); all[i].value = i; }
					Collections.shuffle(Arrays.asList(all), new Random(2));
					for (int i = 1; i < all.length; i++) { all[i - 1].next = all[i]; }
					return all[0];
				}
				static int fibonacci(int n) { return (n < 2) ? n : fibonacci(n - 1) + fibonacci(n - 2); }
				static long calls() { return fibonacci(32); }
				static long memory() {
					long sum = 0;
					for (int i = 0; i < 40; i++) { for (Node at = FIRST; at != null; at = at.next) { sum += at.value; } }
					return sum;
				}
				static long map() {
					Map<Integer, Integer> map = new HashMap<>();
					for (int i = 0; i < 300_000; i++) { map.merge(NUMBERS[i & 0x3FFF], i, Integer::sum); }
					return map.hashCode();
				}
				static final int[] TARGET = new int[NUMBERS.length];
				static void scale() {
					for (int i = 0; i < NUMBERS.length; i++) { TARGET[i] = NUMBERS[i] * 3 + TARGET[i]; }
				}
				static long vector() {
					Arrays.fill(TARGET, 0);
					for (int i = 0; i < 2000; i++) { scale(); }
					return Arrays.hashCode(TARGET);
				}
				static void measure(String name, LongSupplier task) {
					ThreadMXBean threads = ManagementFactory.getThreadMXBean();
					long[] times = new long[25];
					long result = 0;
					for (int i = 0; i < times.length; i++) {
						long begin = threads.getCurrentThreadCpuTime();
						result = task.getAsLong();
						times[i] = threads.getCurrentThreadCpuTime() - begin;
					}
					Arrays.sort(times);
					System.out.println(name + " " + times[0] / 1000 + " " + result);
				}
				public static void main(String[] args) {
					measure("calls", Main::calls);
					measure("memory", Main::memory);
					measure("map", Main::map);
					measure("vectorised", Main::vector);
				}
			}
			""";

	@Test
	@SlowTest
	void thatOfFourLoops() {
		JobCode guarded = CompiledApp.of(SOURCE);
		JobCode unguarded = new JobCode(guarded.classes(), guarded.resources(), guarded.mainClass(),
				Set.copyOf(guarded.classes().keySet()));
		Map<String, String[]> without = measure(unguarded);
		Map<String, String[]> with = measure(guarded);
		without.forEach((name, row) -> {
			System.out.println(name + ": without " + row[1] + " us, with " + with.get(name)[1] + " us");
			assertThat(with.get(name)[2]).isEqualTo(row[2]);
		});
	}

	private static Map<String, String[]> measure(JobCode code) {
		try (RunningJob job = RunningJob.of(code)) {
			assertThat(job.awaitEnd().status()).as(job::err).isZero();
			Map<String, String[]> rows = new LinkedHashMap<>();
			job.out().lines().map((line) -> line.split(" ")).forEach((row) -> rows.put(row[0], row));
			return rows;
		}
	}

}
