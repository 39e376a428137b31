package perf.topid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The options of the command line.
 *
 * @param pids the processes asked for, empty for all
 * @param names patterns of the names or command lines of processes, empty for all
 * @param child whether the descendants of the processes are shown, too
 * @param thread whether threads are shown
 * @param tree whether a tree is drawn
 * @param verbose whether command lines are shown instead of names
 * @param interval the time between two samples
 * @param count how many samples are taken, negative for no end
 * @param detailedCpu whether user and system time have columns of their own
 * @param megabytes whether memory is shown in megabytes
 * @param proportionalMemory whether proportional memory is shown instead of the resident
 * one
 * @param top how many processes are shown, those that use most, zero for all
 * @param json whether samples are written as JSON
 * @param help whether only the usage is shown
 */
record TopidOptions(List<Integer> pids, List<Pattern> names, boolean child, boolean thread, boolean tree,
		boolean verbose, Duration interval, int count, boolean detailedCpu, boolean megabytes,
		boolean proportionalMemory, int top, boolean json, boolean help) {

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
			""";

	private static final int MAX_SECONDS = 1_000_000;

	TopidOptions {
		pids = List.copyOf(pids);
		names = List.copyOf(names);
	}

	/**
	 * Parses a command line. Options begin with one dash or two; a value follows as the
	 * next argument or after an equals sign.
	 * @throws UsageException if it is wrong
	 */
	static TopidOptions parse(String... arguments) throws UsageException {
		return new Parser(arguments).parse();
	}

	/**
	 * Returns whether all processes are asked for.
	 */
	boolean all() {
		return this.pids.isEmpty() && this.names.isEmpty();
	}

	/**
	 * Returns whether a process is asked for by its name.
	 */
	boolean isNamed(String name, String commandLine) {
		return this.names.stream()
			.anyMatch((glob) -> glob.matcher(name).matches() || glob.matcher(commandLine).matches());
	}

	private static Pattern pattern(String glob) {
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
	 * Reads the arguments one after the other.
	 */
	private static final class Parser {

		private final String[] arguments;

		private final List<Integer> pids = new ArrayList<>();

		private final List<Pattern> names = new ArrayList<>();

		private boolean all;

		private boolean child;

		private boolean thread;

		private boolean tree;

		private boolean verbose;

		private int seconds = 1;

		private int count = 3600;

		private boolean detailedCpu;

		private boolean megabytes;

		private boolean proportionalMemory;

		private int top;

		private boolean json;

		private boolean help;

		private int next;

		Parser(String... arguments) {
			this.arguments = arguments;
		}

		TopidOptions parse() throws UsageException {
			while (this.next < this.arguments.length) {
				String argument = this.arguments[this.next++];
				if (!argument.startsWith("-") || argument.equals("-") || argument.equals("--")) {
					throw wrong("%s is no option".formatted(argument));
				}
				String option = argument.substring(argument.startsWith("--") ? 2 : 1);
				int equals = option.indexOf('=');
				if (equals < 0) {
					take(option);
				}
				else {
					this.arguments[--this.next] = option.substring(equals + 1);
					int before = this.next;
					take(option.substring(0, equals));
					if (this.next == before) {
						throw wrong("-%s takes no value".formatted(option.substring(0, equals)));
					}
				}
			}
			return options();
		}

		private void take(String option) throws UsageException {
			switch (option) {
				case "p" -> pid();
				case "name" -> this.names.add(pattern(value(option)));
				case "child" -> this.child = true;
				case "thread" -> this.thread = true;
				case "tree" -> this.tree = true;
				case "v" -> this.verbose = true;
				case "i" -> this.seconds = number(option, 1, MAX_SECONDS);
				case "c" -> this.count = number(option, Integer.MIN_VALUE, Integer.MAX_VALUE);
				case "detailcpu" -> this.detailedCpu = true;
				case "MB" -> this.megabytes = true;
				case "pss" -> this.proportionalMemory = true;
				case "top" -> this.top = number(option, 1, Integer.MAX_VALUE);
				case "json" -> this.json = true;
				case "h", "help" -> this.help = true;
				default -> throw wrong("unknown option -%s".formatted(option));
			}
		}

		private void pid() throws UsageException {
			int pid = number("p", Integer.MIN_VALUE, Integer.MAX_VALUE);
			if (pid < 0) {
				this.all = true;
			}
			else {
				this.pids.add(pid);
			}
		}

		private int number(String option, int least, int most) throws UsageException {
			String value = value(option);
			try {
				int number = Integer.parseInt(value);
				if (number < least || number > most) {
					throw wrong("-%s %s is not between %s and %s".formatted(option, value, least, most));
				}
				return number;
			}
			catch (NumberFormatException ex) {
				throw wrong("-%s %s is no whole number".formatted(option, value));
			}
		}

		private static UsageException wrong(String message) {
			return new UsageException(message + "; topid -help shows the options");
		}

		private String value(String option) throws UsageException {
			if (this.next == this.arguments.length) {
				throw wrong("-%s needs a value".formatted(option));
			}
			return this.arguments[this.next++];
		}

		private TopidOptions options() throws UsageException {
			if (this.all) {
				this.pids.clear();
			}
			if (!this.pids.isEmpty() && !this.names.isEmpty()) {
				throw wrong("-p and -name both choose processes: give one of them");
			}
			boolean several = this.pids.size() > 1;
			boolean drawn = this.tree && !several;
			if (drawn && this.top > 0) {
				throw wrong("-top sorts processes by what they use, -tree by their parents: give one of them");
			}
			if (drawn && this.json) {
				throw wrong("-json names the parent of each process, -tree draws it: give one of them");
			}
			return new TopidOptions(this.pids, this.names, (this.child || this.tree) && !several, this.thread, drawn,
					this.verbose || this.tree, Duration.ofSeconds(this.seconds), this.count, this.detailedCpu,
					this.megabytes, this.proportionalMemory, this.top, this.json, this.help);
		}

	}

}
