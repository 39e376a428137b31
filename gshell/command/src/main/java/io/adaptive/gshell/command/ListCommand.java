package io.adaptive.gshell.command;

import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.adaptive.gshell.message.FindServices;
import io.adaptive.gshell.message.FoundService;
import io.adaptive.gshell.message.ServiceListing;
import io.adaptive.gshell.message.ServiceSighting;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code gsh list}: asks the daemon, which sees more; without one it looks by itself.
 */
@Command(name = "list", description = "Lists services of all scopes.", sortOptions = false)
final class ListCommand implements Callable<Integer> {

	/** Longest value on a terminal. */
	private static final int WIDEST = 24;

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RootCommand root;

	@Mixin
	HelpOption help = new HelpOption();

	@Spec
	CommandSpec spec = CommandSpec.create();

	@Option(names = "-v", description = "A block for each service and scope, with its addresses.")
	boolean verbose;

	@Option(names = { "-p", "--publisher" }, paramLabel = "PUBLISHER", description = "Publisher; * for any characters.")
	String publisher = "*";

	@Option(names = { "-s", "--service" }, paramLabel = "SERVICE", description = "Service; * for any characters.")
	String service = "*";

	@Option(names = "--json", description = "Print JSON.")
	boolean json;

	ListCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		Objects.requireNonNull(this.root).checkHere(this.spec);
		ServiceListing listing = listing();
		if (this.json) {
			Json.print(this.environment.out(), listing.services().stream().map(ServiceRow::of).toList());
		}
		else if (this.verbose) {
			listing.services().forEach(this::printBlocks);
		}
		else {
			print(listing);
		}
		listing.silentGroups().forEach((name) -> this.environment.err().println(Words.silent(name)));
		listing.problems().forEach(this.environment.err()::println);
		if (!listing.problems().isEmpty()) {
			return ExitStatus.FAILED;
		}
		return listing.silentGroups().isEmpty() ? ExitStatus.OK : ExitStatus.TIMEOUT;
	}

	private ServiceListing listing() {
		try {
			ServicePattern unused = new ServicePattern(this.publisher, this.service);
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(this.spec.commandLine(), ex.getMessage(), ex);
		}
		try (DaemonLink daemon = DaemonLink.open(this.environment, RootCommand.SELF)) {
			return daemon.call(new FindServices(this.publisher, this.service), ServiceListing.class);
		}
		catch (CommandException ex) {
			try (AdaptiveNode node = LocalNode.openEverywhere(this.environment)) {
				return ServiceSearch.of(node.newClient(), node.instance().provider(), this.publisher, this.service);
			}
		}
	}

	private void print(ServiceListing listing) {
		Table table = new Table(this.environment.terminal() ? WIDEST : Integer.MAX_VALUE, "PUBLISHER", "SERVICE",
				"PROVIDER", "WLOP(SCOPE)");
		for (FoundService each : listing.services()) {
			table.add(each.publisher(), each.service(), provider(each), each.scopes());
		}
		table.print(this.environment.out());
	}

	private void printBlocks(FoundService service) {
		PrintStream out = this.environment.out();
		for (ServiceSighting sighting : service.sightings()) {
			out.println("PUBLISHER: " + service.publisher());
			out.println("SERVICE: " + service.service());
			out.println("PROVIDER: " + provider(service));
			out.println("SCOPE: " + sighting.scope());
			out.println(
					"ADDRESS: " + String.join(", ", sighting.addresses()) + (sighting.proxied() ? " (proxied)" : ""));
			out.println();
		}
	}

	private static String provider(FoundService service) {
		return service.self() ? RootCommand.SELF : service.provider();
	}

	/**
	 * A service for programs.
	 */
	record ServiceRow(String publisher, String service, String provider, boolean self, String scopes,
			List<ServiceSighting> sightings) {

		static ServiceRow of(FoundService found) {
			return new ServiceRow(found.publisher(), found.service(), found.provider(), found.self(), found.scopes(),
					found.sightings());
		}

	}

}
