package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Scanner;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.Watch;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.LastInstanceProgram.Answer;
import io.adaptive.node.LastInstanceProgram.Quick;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.stream.Connection;

/**
 * A client that is paused for longer than it lets its peers be silent.
 */
final class PausedClientProgram {

	static final ServiceName SERVICE = new ServiceName("test", "steady");

	static final String READY = "client is ready";

	static final String CALLED = "called on the connections of before";

	static final Duration DEAD_AFTER = Duration.ofSeconds(2);

	private PausedClientProgram() {
	}

	static LanSettings lan(int port) {
		return LanSettings.DEFAULT.port(port).interfaces("lo").announceInterval(Duration.ofMillis(500));
	}

	/**
	 * Connects, and calls whenever a line says so.
	 * @param arguments the socket directory, the TCP ports of the root registry and of
	 * the service, and the UDP port of LAN discovery
	 */
	public static void main(String[] arguments) {
		AdaptiveNode node = AdaptiveNode.builder()
			.scopes(EnumSet.of(Scope.OS, Scope.LAN, Scope.WAN))
			.socketDirectory(Path.of(arguments[0]))
			.lan(lan(Integer.parseInt(arguments[3])))
			.registries(List.of(new Endpoint.Tcp("127.0.0.1", Integer.parseInt(arguments[1]))))
			.linkSettings(new LinkSettings(Limits.DEFAULT, Duration.ofSeconds(10), Duration.ofMillis(500), DEAD_AFTER))
			.build();
		AdaptiveClient client = node.newClient().discoverTimeout(Duration.ofSeconds(60));
		Watch near = client.scopes(Scope.LAN)
			.watch(ServicePattern.of(SERVICE), (event) -> System.out.println("LAN " + event));
		Watch far = client.scopes(Scope.WAN)
			.watch(ServicePattern.of(SERVICE), (event) -> System.out.println("WAN " + event));
		List<Connection> connections = List.of(client.scopes(Scope.OS).discover(SERVICE),
				client.scopes(Scope.LAN).discover(SERVICE), client.scopes(Scope.WAN).discover(SERVICE),
				client.connect(new Endpoint.Tcp("127.0.0.1", Integer.parseInt(arguments[2])), SERVICE));
		System.out.println(READY);
		Scanner lines = new Scanner(System.in);
		while (lines.hasNextLine()) {
			int number = Integer.parseInt(lines.nextLine());
			connections.forEach((connection) -> connection.sendRecv(new Quick(number), Answer.class));
			System.out.println(CALLED + " " + number);
		}
		near.close();
		far.close();
		node.close();
	}

}
