package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The processors that this process may use.
 *
 * @param numbers their numbers, ascending; none if they cannot be told
 */
record Processors(List<Integer> numbers) {

	private static final String FIELD = "Cpus_allowed_list:";

	static Processors ofThisProcess() {
		try {
			return Files.readAllLines(Path.of("/proc/self/status"))
				.stream()
				.filter((line) -> line.startsWith(FIELD))
				.findFirst()
				.map((line) -> parse(line.substring(FIELD.length()).strip()))
				.orElse(new Processors(List.of()));
		}
		catch (IOException ex) {
			return new Processors(List.of());
		}
	}

	/**
	 * Reads the kernel's form, such as {@code 0-3,8}.
	 */
	static Processors parse(String list) {
		return new Processors(Arrays.stream(list.split(",", -1)).flatMapToInt((range) -> {
			String[] ends = range.split("-", -1);
			return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
		}).boxed().toList());
	}

	/**
	 * Chooses some of them; groups of different names begin at different ones.
	 * @return their numbers, with commas
	 */
	String choose(int count, String name) {
		int begin = Math.floorMod(name.hashCode(), this.numbers.size());
		List<String> chosen = new ArrayList<>();
		for (int index = 0; index < Math.min(count, this.numbers.size()); index++) {
			chosen.add(String.valueOf(this.numbers.get((begin + index) % this.numbers.size())));
		}
		return String.join(",", chosen);
	}

}
