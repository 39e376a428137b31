package io.adaptive.gshell.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The option that each command has.
 */
@Command(synopsisHeading = "Usage: ", abbreviateSynopsis = false, sortOptions = false)
final class HelpOption {

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Print this help and exit.")
	boolean help;

}
