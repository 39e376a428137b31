package io.adaptive.sample.plain;

import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;

/**
 * Publishes a service until it is stopped; told who asks, asks it once instead.
 */
public final class Hello {

	private Hello() {
	}

	public static void main(String[] args) {
		try (AdaptiveNode node = AdaptiveNode.builder().build()) {
			if (args.length > 0) {
				System.out.println(ask(node, args[0]));
			}
			else {
				publish(node);
				node.serve();
			}
		}
	}

	static void publish(AdaptiveNode node) {
		node.newServer()
			.publish(Service.named("example", "plain-hello")
				.handle(HelloRequest.class, (request) -> new HelloReply("I am hello server, " + request.who())));
	}

	/**
	 * Waits for the service if need be.
	 */
	static String ask(AdaptiveNode node, String who) {
		Connection hello = node.newClient().discover("example", "plain-hello");
		return hello.sendRecv(new HelloRequest(who), HelloReply.class).answer();
	}

}
