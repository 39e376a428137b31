package perf.topid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses a command line, one argument after the other.
 */
final class OptionsParser {

	private static final int MAX_SECONDS = 1_000_000;

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

	private boolean chart;

	private String tag = "temp";

	private boolean machine;

	private boolean snapshot;

	private final List<String> commands = new ArrayList<>();

	private boolean help;

	private int next;

	OptionsParser(String... arguments) {
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
			case "name" -> this.names.add(TopidOptions.pattern(value(option)));
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
			case "chart" -> this.chart = true;
			case "tag" -> this.tag = value(option);
			case "sys" -> this.machine = true;
			case "snapshot" -> this.snapshot = true;
			case "info" -> commands(value(option));
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

	private void commands(String value) {
		for (String command : value.split(",", -1)) {
			if (!command.isBlank()) {
				this.commands.add(command.strip());
			}
		}
	}

	private TopidOptions options() throws UsageException {
		if (this.all) {
			this.pids.clear();
		}
		boolean several = this.pids.size() > 1;
		boolean drawn = this.tree && !several;
		checkTogether(drawn);
		return new TopidOptions(
				new TopidOptions.Choice(this.pids, this.names, (this.child || this.tree) && !several, this.top),
				new TopidOptions.Display(this.thread, drawn, this.verbose || this.tree, this.detailedCpu,
						this.megabytes, this.proportionalMemory, this.json),
				Duration.ofSeconds(this.seconds), this.count,
				this.chart ? Optional.of(new TopidOptions.Chart(this.tag, this.machine, this.snapshot, this.commands))
						: Optional.empty(),
				this.help);
	}

	private void checkTogether(boolean drawn) throws UsageException {
		if (!this.pids.isEmpty() && !this.names.isEmpty()) {
			throw wrong("-p and -name both choose processes: give one of them");
		}
		if (drawn && this.top > 0) {
			throw wrong("-top sorts processes by what they use, -tree by their parents: give one of them");
		}
		if (drawn && this.json) {
			throw wrong("-json names the parent of each process, -tree draws it: give one of them");
		}
		if (!this.chart && (this.machine || this.snapshot || !this.commands.isEmpty())) {
			throw wrong("-sys, -snapshot and -info are shown on the page: give -chart, too");
		}
		if (this.chart && this.tag.isBlank()) {
			throw wrong("-tag needs a name");
		}
	}

}
