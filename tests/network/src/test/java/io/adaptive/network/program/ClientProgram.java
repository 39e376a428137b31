package io.adaptive.network.program;

import java.util.Scanner;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServicePattern;
import io.adaptive.network.lab.Event;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;

/**
 * Calls the service of {@link ServiceProgram} at a steady rate.
 */
public final class ClientProgram {

	private ClientProgram() {
	}

	/**
	 * Calls when it starts, then does what it is told.
	 * @param arguments {@code rate=} how many calls in a second, {@code to=} an address
	 * instead of discovery; see also {@link Options}
	 */
	public static void main(String[] arguments) {
		Options options = new Options(arguments);
		try (AdaptiveNode node = options.node()) {
			AdaptiveClient client = node.newClient();
			Connection connection = connect(client, options);
			CallCount count = new CallCount();
			SteadyCaller caller = SteadyCaller.start(connection, options.number("rate", 0), count);
			if (options.get("to").isEmpty()) {
				Event.print("watching");
				client.watch(ServicePattern.of(ServiceProgram.ECHO), ClientProgram::print);
			}
			Event.print("up");
			Scanner commands = new Scanner(System.in);
			while (commands.hasNext()) {
				switch (commands.next()) {
					case "summary" -> count.nextPhase();
					case "rate" -> caller.rate(commands.nextInt());
					case "answer" -> count.await();
					case "count" -> count.awaitAnswers(commands.nextInt());
					case "path" -> path(connection);
					default -> throw new IllegalArgumentException("It is answer, count, path, rate or summary");
				}
			}
		}
	}

	private static Connection connect(AdaptiveClient client, Options options) {
		return options.get("to")
			.map((to) -> client.connect(Options.address(to), ServiceProgram.ECHO))
			.orElseGet(() -> client.lazy(ServiceProgram.ECHO));
	}

	private static void print(ServiceEvent event) {
		Event.print((event instanceof ServiceEvent.Appeared) ? "appeared" : "gone", "instance",
				event.instance().instance(), "scope", event.instance().scope(), "endpoints",
				event.instance().endpoints());
	}

	private static void path(Connection connection) {
		Endpoint endpoint = connection.info().endpoint();
		Event.print("path", "scope", connection.info().scope(), "endpoint", endpoint, "by",
				(endpoint instanceof Endpoint.Relayed relayed) ? relayed.by() : "nobody");
	}

}
