//SOURCES /example/echo/EchoRequest.java /example/echo/EchoReply.java
//SOURCES /example/echo/WhoElse.java /example/echo/SessionEvent.java
package example.echo.client;

import example.echo.EchoReply;
import example.echo.EchoRequest;
import example.echo.SessionEvent;
import example.echo.WhoElse;
import io.adaptive.message.AdaptiveException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;

/**
 * Talks to {@code {example, echo}}: {@code -cmd echo}, the default, hears its echo three
 * times on each of two streams; {@code -cmd whoelse} prints which other sessions come and
 * go until it is stopped.
 */
public final class EchoClient {

	private EchoClient() {
	}

	public static void main(String[] args) {
		String command = (args.length == 0) ? "echo" : args[args.length - 1];
		boolean known = command.equals("echo") || command.equals("whoelse");
		if (args.length != 0 && (args.length != 2 || !args[0].equals("-cmd") || !known)) {
			System.err.println("use: client [-cmd echo|whoelse]");
			System.exit(2);
		}
		try (AdaptiveNode node = AdaptiveNode.builder().build()) {
			Connection echo = node.newClient().discover("example", "echo");
			if (command.equals("echo")) {
				echo(echo);
			}
			else {
				watch(echo);
			}
		}
	}

	private static void echo(Connection echo) {
		try (MessageStream one = echo.newStream(); MessageStream other = echo.newStream()) {
			for (int number = 0; number < 3; number++) {
				print(one.sendRecv(new EchoRequest("hello", number), EchoReply.class));
				print(other.sendRecv(new EchoRequest("hi", number), EchoReply.class));
			}
		}
	}

	private static void print(EchoReply reply) {
		System.out.println("%s: %s %s".formatted(reply.session(), reply.text(), reply.number()));
	}

	private static void watch(Connection echo) {
		try (MessageStream stream = echo.newStream()) {
			stream.send(new WhoElse());
			System.out.println("watching");
			while (true) {
				SessionEvent event = stream.recv(SessionEvent.class);
				System.out.println(event.session() + (event.here() ? " is here" : " has left"));
			}
		}
		catch (AdaptiveException ex) {
			System.out.println("the server has ended: " + ex.getMessage());
		}
	}

}
