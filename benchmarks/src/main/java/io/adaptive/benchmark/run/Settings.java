package io.adaptive.benchmark.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.benchmark.contestant.CallerThreads;
import io.adaptive.benchmark.contestant.Contestant;
import io.adaptive.benchmark.contestant.Contestants;
import io.adaptive.benchmark.contestant.Transport;
import io.adaptive.benchmark.load.KeyValues;

/**
 * What the command line chose.
 *
 * @param transports over what
 * @param payloads sizes in bytes
 * @param callers numbers of parallel callers
 * @param contestants who
 * @param virtual whether callers are virtual threads
 * @param upload whether requests carry the payload, else replies
 * @param rounds how often each contestant is measured in each cell
 * @param windowMillis how long a measurement is
 * @param rampMillis how long before it calls go unmeasured
 * @param warmUpMillis how long a contestant is warmed up once
 * @param jvmOptions options of the processes
 * @param output where the files go
 */
public record Settings(List<Transport> transports, List<Integer> payloads, List<Integer> callers,
		List<Contestant> contestants, boolean virtual, boolean upload, int rounds, long windowMillis, long rampMillis,
		long warmUpMillis, List<String> jvmOptions, Path output) {

	private static final String EVERYBODY = String.join(",", Contestants.all().stream().map(Contestant::name).toList());

	/**
	 * Reads the settings.
	 * @param words {@code key=value}, and {@code quick} for fewer and shorter cells
	 * @return the settings
	 * @throws IllegalArgumentException if one is not understood
	 */
	public static Settings of(List<String> words) {
		boolean quick = words.contains("quick");
		KeyValues values = KeyValues.of(words.stream().filter((word) -> !word.equals("quick")).toList());
		boolean virtual = values.text("threads", "platform").equals("virtual");
		if (virtual && !CallerThreads.hasVirtual()) {
			throw new IllegalArgumentException("threads=virtual needs Java 21 or newer");
		}
		return new Settings(list(values, "transports", "process,os,tcp").map(Transport::of).toList(),
				list(values, "payloads", "32,2048,32768").map(Integer::valueOf).toList(),
				list(values, "callers", quick ? "1,64" : "1,8,64,256").map(Integer::valueOf).toList(),
				list(values, "who", EVERYBODY).map(Contestants::named).toList(), virtual,
				values.text("direction", "download").equals("upload"), (int) values.number("rounds", quick ? 1 : 3),
				values.number("window", quick ? 500 : 1300), values.number("ramp", quick ? 150 : 300),
				values.number("warmup", quick ? 2000 : 15_000), List.of(values.text("jvm", "-Xmx1g").split(" ", -1)),
				Path.of(values.text("output", "target")));
	}

	private static Stream<String> list(KeyValues values, String key, String otherwise) {
		return Arrays.stream(values.text(key, otherwise).split(",", -1));
	}

	/**
	 * Tells how the callers are called in tables.
	 * @return the kind of threads
	 */
	public String threads() {
		return this.virtual ? "virtual" : "platform";
	}

}
