package io.adaptive.network.program;

import java.util.concurrent.TimeUnit;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.ServiceName;
import io.adaptive.network.lab.Event;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;

/**
 * Publishes a service whose handler writes the number of its call into a file before it
 * does anything else. Leaves on {@code SIGTERM}.
 */
public final class BookServerProgram {

	static final ServiceName BOOK = new ServiceName("lab", "book");

	private BookServerProgram() {
	}

	/**
	 * Serves until its input ends.
	 * @param arguments {@code book=} the file; see also {@link Options}
	 */
	public static void main(String[] arguments) {
		Options options = new Options(arguments);
		BookFile book = new BookFile(options.get("book").orElseThrow());
		AdaptiveNode node = options.node();
		Runtime.getRuntime().addShutdownHook(new Thread(node::close));
		Pong pong = new Pong(options.host());
		node.newServer().publish(Service.named(BOOK).handle(Entry.class, (entry) -> {
			book.write("handled %s".formatted(entry.number()));
			TimeUnit.MILLISECONDS.sleep(entry.millis());
			return pong;
		}));
		Event.print("up");
		ChildJvm.awaitEndOfInput();
		node.close();
	}

}
