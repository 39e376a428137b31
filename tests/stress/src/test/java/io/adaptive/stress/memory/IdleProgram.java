package io.adaptive.stress.memory;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.adaptive.fixture.TwoNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.LinkSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;

/**
 * Both ends of many streams and connections that nobody uses.
 */
final class IdleProgram {

	static final String STREAM = "bytes of an idle stream, both ends: ";

	static final String CONNECTION_END = "bytes of an idle connection end: ";

	static final String ALIVE = "all are alive";

	private static final ServiceName ECHO = new ServiceName("stress", "echo");

	/** The first ones load classes and grow tables. */
	private static final int WARM_UP = 200;

	private final List<MessageStream> streams = new ArrayList<>();

	private final List<Connection> connections = new ArrayList<>();

	private IdleProgram() {
	}

	public static void main(String[] arguments) throws InterruptedException {
		new IdleProgram().run(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
		System.exit(0);
	}

	private void run(Path directory, int streams, int connections) throws InterruptedException {
		Service echo = Service.named(ECHO).handle(Text.class, (text) -> text);
		try (TwoNodes nodes = new TwoNodes(Scope.OS, directory)) {
			Connection first = nodes.connect(echo);
			Supplier<Connection> connect = () -> nodes.client().newClient().discover(ECHO);
			open(WARM_UP, connect, this.connections);
			System.out.println(CONNECTION_END + open(connections, connect, this.connections) / 2);
			open(WARM_UP, first::newStream, this.streams);
			System.out.println(STREAM + open(streams, first::newStream, this.streams));
			// Long enough for both sides to ask for a sign of life.
			TimeUnit.MILLISECONDS.sleep(LinkSettings.DEFAULT.deadAfter().toMillis() + 1_000);
			this.connections.forEach(IdleProgram::call);
			this.streams.forEach(IdleProgram::call);
			System.out.println(ALIVE);
		}
	}

	/**
	 * Opens some.
	 * @return what one of them takes in the heap, in bytes
	 */
	private static <S extends MessageStream> long open(int count, Supplier<S> opening, List<S> open) {
		long before = live();
		for (int i = 0; i < count; i++) {
			open.add(opening.get());
		}
		// Opens come in order, so the server has seen all of them.
		call(open.get(open.size() - 1));
		return (live() - before) / count;
	}

	private static long live() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static void call(MessageStream stream) {
		if (!stream.sendRecv(new Text("x"), Text.class).text().equals("x")) {
			throw new IllegalStateException("No echo on " + stream);
		}
	}

	record Text(String text) {
	}

}
