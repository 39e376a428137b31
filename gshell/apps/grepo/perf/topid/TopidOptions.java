package perf.topid;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import perf.topid.sample.ProcessUsage;

/**
 * The options of the command line.
 *
 * @param choice which processes are shown
 * @param display how they are shown
 * @param interval the time between two samples
 * @param count how many samples are taken, negative for no end
 * @param chart what is sent to the chart service, empty for nothing
 * @param help whether only the usage is shown
 */
record TopidOptions(Choice choice, Display display, Duration interval, int count, Optional<Chart> chart, boolean help) {

	static final String USAGE = """
			topid [OPTIONS]   processor time and memory of processes, sampled again and again
			  -p PID      this process only; may be repeated; a negative number means all (the default)
			  -name GLOB  processes whose name or command line matches, with * and ?; those that come
			              later, too; may be repeated
			  -child      with their descendants
			  -thread     with their threads
			  -tree       draw a tree; implies -child and -v
			  -v          whole command lines
			  -top N      the N that use most processor time, then memory
			  -i SECONDS  interval, at least 1 (1)
			  -c COUNT    number of samples, negative for no end (3600)
			  -detailcpu  user and system time in two columns
			  -MB         memory in megabytes instead of kilobytes
			  -pss        proportional memory, looked at in every 16th sample; often needs more rights
			  -json       one JSON object a line for each sample
			  -chart      send the samples to the service topidchart and print the address of the page;
			              text goes on until there is one
			  -tag NAME   part of that address (temp)
			  -sys        with -chart: series of each processor and of the memory
			  -snapshot   with -chart: the tree of process 1, in the first and every 30th sample
			  -info "CMD1,CMD2"   with -chart: the output of these shell commands
			""";

	/**
	 * Parses a command line. Options begin with one dash or two; a value follows as the
	 * next argument or after an equals sign.
	 * @throws UsageException if it is wrong
	 */
	static TopidOptions parse(String... arguments) throws UsageException {
		return new OptionsParser(arguments).parse();
	}

	static Pattern pattern(String glob) {
		return Pattern.compile(glob.codePoints().mapToObj(TopidOptions::pattern).collect(Collectors.joining()),
				Pattern.DOTALL);
	}

	private static String pattern(int character) {
		return switch (character) {
			case '*' -> ".*";
			case '?' -> ".";
			default -> Pattern.quote(Character.toString(character));
		};
	}

	/**
	 * Which processes are shown.
	 *
	 * @param pids the processes asked for, empty for all
	 * @param names patterns of the names or command lines of processes, empty for all
	 * @param child whether their descendants are shown, too
	 * @param top how many are shown, those that use most, zero for all
	 */
	record Choice(List<Integer> pids, List<Pattern> names, boolean child, int top) {

		Choice {
			pids = List.copyOf(pids);
			names = List.copyOf(names);
		}

		/**
		 * Returns whether all processes are asked for.
		 */
		boolean all() {
			return this.pids.isEmpty() && this.names.isEmpty();
		}

		/**
		 * Returns whether a process is asked for by its id or name.
		 */
		boolean isChosen(ProcessUsage process) {
			return this.pids.contains(process.pid()) || this.names.stream()
				.anyMatch((glob) -> glob.matcher(process.name()).matches()
						|| glob.matcher(process.commandLine()).matches());
		}

	}

	/**
	 * How processes are shown.
	 *
	 * @param thread whether threads are shown
	 * @param tree whether a tree is drawn
	 * @param verbose whether command lines are shown instead of names
	 * @param detailedCpu whether user and system time have columns of their own
	 * @param megabytes whether memory is shown in megabytes
	 * @param proportionalMemory whether proportional memory is shown instead of the
	 * resident one
	 * @param json whether samples are written as JSON
	 */
	record Display(boolean thread, boolean tree, boolean verbose, boolean detailedCpu, boolean megabytes,
			boolean proportionalMemory, boolean json) {

	}

	/**
	 * What is sent to the chart service.
	 *
	 * @param tag part of the address of the page
	 * @param machine whether series of the machine are sent
	 * @param snapshot whether trees of processes are sent
	 * @param commands shell commands whose output is shown on the page
	 */
	record Chart(String tag, boolean machine, boolean snapshot, List<String> commands) {

		Chart {
			commands = List.copyOf(commands);
		}

	}

}
