package io.adaptive.network.program;

import java.util.Scanner;

import io.adaptive.message.ServiceName;
import io.adaptive.network.lab.Event;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;

/**
 * Publishes a service that answers with the name of its host, until its input ends.
 */
public final class ServiceProgram {

	static final ServiceName ECHO = new ServiceName("lab", "echo");

	private final AdaptiveNode node;

	private final Service echo;

	private Publication publication;

	private ServiceProgram(Options options) {
		this.node = options.node();
		Pong pong = new Pong(options.host());
		this.echo = Service.named(ECHO).handle(Ping.class, (ping) -> pong);
	}

	/**
	 * Publishes when it starts, then does what it is told.
	 * @param arguments see {@link Options}
	 */
	public static void main(String[] arguments) {
		new ServiceProgram(new Options(arguments)).run();
	}

	private void run() {
		publish();
		Scanner commands = new Scanner(System.in);
		while (commands.hasNext()) {
			switch (commands.next()) {
				case "publish" -> publish();
				case "unpublish" -> unpublish();
				case "relay" -> Event.print("relay", "by",
						this.node.relayedEndpoint().map((relay) -> relay.by().toString()).orElse("nobody"));
				default -> throw new IllegalArgumentException("It is publish, unpublish or relay");
			}
		}
		this.node.close();
		Event.print("left");
	}

	private void publish() {
		Event.print("publishing");
		this.publication = this.node.newServer().publish(this.echo);
		Event.print("published", "instance", this.node.instance());
	}

	private void unpublish() {
		Event.print("unpublishing");
		this.publication.close();
		Event.print("unpublished");
	}

}
