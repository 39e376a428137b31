package io.adaptive.node;

import java.util.Set;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceName;
import io.adaptive.node.EchoProgram.Ball;
import io.adaptive.node.EchoProgram.Well;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;

/**
 * A reverse proxy, a server behind one, or a client of such a server, in a program of its
 * own.
 */
final class RelayProgram {

	static final String UP = "up at ";

	private static final ServiceName ECHO = new ServiceName("test", "echo");

	private RelayProgram() {
	}

	public static void main(String[] arguments) {
		AdaptiveNodeBuilder builder = AdaptiveNode.builder().scopes(Set.of());
		int port = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 0;
		AdaptiveNode node = switch (arguments[0]) {
			case "proxy" -> builder.listen(port).reverseProxy(ReverseProxySettings.DEFAULT).build();
			case "server-direct" -> {
				AdaptiveNode direct = builder.listen(0).build();
				direct.newServer().publish(EchoProgram.echo());
				yield direct;
			}
			case "server" -> serve(builder.listen(0).relayedBy("127.0.0.1", port).build());
			default -> builder.listen(0).build();
		};
		if (arguments[0].equals("client")) {
			call(node, new Endpoint.Tcp("127.0.0.1", port), Integer.parseInt(arguments[2]));
		}
		else {
			System.out.println(UP
					+ node.relayedEndpoint().map(Endpoint.Relayed::address).or(node::tcpEndpoint).orElseThrow().port());
		}
		ChildJvm.awaitEndOfInput();
		node.close();
	}

	private static AdaptiveNode serve(AdaptiveNode node) {
		node.newServer().publish(EchoProgram.echo());
		Awaitility.await().until(() -> node.relayedEndpoint().isPresent());
		return node;
	}

	private static void call(AdaptiveNode node, Endpoint.Tcp address, int calls) {
		Connection connection = node.newClient().connect(address, ECHO);
		for (int i = 0; i < calls; i++) {
			var unused = connection.async().sendRecv(new Well(), Ball.class);
		}
		System.out.println(UP + address.port());
	}

}
