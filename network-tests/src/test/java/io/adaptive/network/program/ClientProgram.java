package io.adaptive.network.program;

import java.util.Scanner;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.Endpoint;
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
			Connection connection = connect(node.newClient(), options);
			CallCount count = new CallCount();
			SteadyCaller caller = SteadyCaller.start(connection, options.number("rate", 0), count);
			Event.print("watching");
			Event.print("up");
			Scanner commands = new Scanner(System.in);
			while (commands.hasNext()) {
				switch (commands.next()) {
					case "summary" -> count.print();
					case "rate" -> caller.rate(commands.nextInt());
					case "answer" -> count.await();
					case "count" -> count.awaitAnswers(commands.nextInt());
					case "settle" -> count.settle();
					case "path" -> path(connection);
					default -> throw new IllegalArgumentException("It is answer, count, path, rate, settle or summary");
				}
			}
		}
	}

	private static Connection connect(AdaptiveClient client, Options options) {
		return options.get("to").map((to) -> {
			int colon = to.lastIndexOf(':');
			Endpoint endpoint = new Endpoint.Tcp(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1)));
			return client.connect(endpoint, ServiceProgram.ECHO);
		}).orElseGet(() -> client.lazy(ServiceProgram.ECHO));
	}

	private static void path(Connection connection) {
		Event.print("path", "scope", connection.info().scope(), "endpoint", connection.info().endpoint());
	}

}
