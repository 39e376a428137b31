//SOURCES /example/echo/EchoRequest.java /example/echo/EchoReply.java
//SOURCES /example/echo/WhoElse.java /example/echo/SessionEvent.java
package example.echo.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import example.echo.EchoReply;
import example.echo.EchoRequest;
import example.echo.SessionEvent;
import example.echo.WhoElse;
import io.adaptive.message.AdaptiveException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.StreamContext;

/**
 * Publishes {@code {example, echo}} until it is stopped. Each stream that speaks is a
 * session with a name.
 */
public final class EchoServer {

	private final AtomicInteger numbers = new AtomicInteger();

	private final Map<StreamContext, String> sessions = new ConcurrentHashMap<>();

	private final Map<StreamContext, ContextStream> watchers = new ConcurrentHashMap<>();

	private EchoServer() {
	}

	public static void main(String[] args) {
		try (AdaptiveNode node = AdaptiveNode.builder().build()) {
			node.newServer().publish(new EchoServer().service());
			System.out.println("echo server runs");
			node.serve();
		}
	}

	private Service service() {
		return Service.named("example", "echo")
			.handle(EchoRequest.class, this::echo)
			.handle(WhoElse.class, this::whoElse)
			.onStreamClose(this::leave);
	}

	private EchoReply echo(EchoRequest request, ContextStream stream) {
		return new EchoReply(join(stream.context()), request.text(), request.number() + 1);
	}

	/**
	 * The stream stays open after the handler has returned: that is a subscription.
	 */
	private Object whoElse(WhoElse request, ContextStream stream) {
		String own = join(stream.context());
		this.watchers.put(stream.context(), stream);
		this.sessions.values()
			.stream()
			.filter((session) -> !session.equals(own))
			.sorted()
			.forEach((session) -> tell(stream, new SessionEvent(session, true)));
		return null;
	}

	private String join(StreamContext stream) {
		String known = this.sessions.get(stream);
		if (known != null) {
			return known;
		}
		String session = this.sessions.computeIfAbsent(stream, (key) -> "session" + this.numbers.incrementAndGet());
		tellOthers(stream, new SessionEvent(session, true));
		return session;
	}

	private void leave(StreamContext stream) {
		this.watchers.remove(stream);
		String session = this.sessions.remove(stream);
		if (session != null) {
			tellOthers(stream, new SessionEvent(session, false));
		}
	}

	private void tellOthers(StreamContext own, SessionEvent event) {
		this.watchers.forEach((stream, watcher) -> {
			if (stream != own) {
				tell(watcher, event);
			}
		});
	}

	/**
	 * A watcher that does not read holds up nobody: what it cannot take is left out.
	 */
	private static void tell(ContextStream watcher, SessionEvent event) {
		try {
			watcher.async().send(event);
		}
		catch (AdaptiveException ex) {
			// It has just gone; its stream is closed.
		}
	}

}
