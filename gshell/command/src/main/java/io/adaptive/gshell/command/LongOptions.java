package io.adaptive.gshell.command;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Long options with a single dash, as {@code -group}, which are taken as well.
 */
final class LongOptions {

	private LongOptions() {
	}

	/**
	 * Gives long options their second dash, up to the arguments of an app.
	 */
	static List<String> normalize(CommandLine root, List<String> args) {
		CommandLine command = root;
		List<String> normal = new ArrayList<>();
		for (int index = 0; index < args.size(); index++) {
			String arg = args.get(index);
			if (arg.equals("--")) {
				return append(normal, args, index);
			}
			if (arg.length() > 1 && arg.startsWith("-")) {
				String option = normalize(command, arg);
				normal.add(option);
				OptionSpec known = command.getCommandSpec().findOption(option);
				if (known != null && known.arity().min() > 0 && index + 1 < args.size()) {
					index++;
					normal.add(args.get(index));
				}
				continue;
			}
			CommandLine next = command.getSubcommands().get(arg);
			if (next == null && command.isStopAtPositional()) {
				return append(normal, args, index);
			}
			command = (next != null) ? next : command;
			normal.add(arg);
		}
		return normal;
	}

	private static List<String> append(List<String> normal, List<String> args, int from) {
		normal.addAll(args.subList(from, args.size()));
		return normal;
	}

	private static String normalize(CommandLine command, String arg) {
		if (arg.startsWith("--") || command.getCommandSpec().findOption(arg) != null) {
			return arg;
		}
		int end = arg.indexOf('=');
		String name = (end < 0) ? arg : arg.substring(0, end);
		return (name.length() > 2 && command.getCommandSpec().findOption("-" + name) != null) ? "-" + arg : arg;
	}

}
