package io.adaptive.spring.server;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.message.ErrorInfo;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OnConnect;
import io.adaptive.spring.OnDisconnect;
import io.adaptive.spring.OnStreamClose;
import io.adaptive.spring.OnStreamOpen;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.StreamContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link HookMethods}.
 */
class HookMethodsTests {

	@RegisterExtension
	private final AnnotatedNode node = new AnnotatedNode();

	@Test
	void hooksAreCalledWithWhatTheyTake() {
		Connection connection = this.node.connectTo(Journal.class, Visitors.class);
		List<String> lines = this.node.bean(Journal.class).lines;
		MessageStream stream = connection.newStream();
		stream.sendRecv(new Text("hello"), Void.class);
		stream.close();
		await().untilAsserted(() -> assertThat(lines).containsSubsequence("connected PROCESS", "opened 3",
				"heard hello from guest 3", "closed 3 of guest 3"));
		connection.close();
		await().untilAsserted(() -> assertThat(lines).containsSubsequence("connected PROCESS", "opened 1",
				"closed 1 of guest 1", "disconnected PROCESS UNAVAILABLE"));
		assertThat(lines).hasSize(7);
	}

	@Test
	void hooksOfSeveralBeansAreCalledInTheirOrderThoughOneFails() {
		Connection connection = this.node.connectTo(Journal.class, Last.class, First.class);
		connection.sendRecv(new Text("hello"), Void.class);
		await().untilAsserted(
				() -> assertThat(this.node.bean(Journal.class).lines).containsExactly("first", "last a", "last b"));
	}

	record Text(String value) {

	}

	record Guest(String name) {

	}

	static class Journal {

		private final List<String> lines = new CopyOnWriteArrayList<>();

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Visitors {

		private final List<String> lines;

		Visitors(Journal journal) {
			this.lines = journal.lines;
		}

		@OnConnect
		void connected(ConnectionInfo connection) {
			this.lines.add("connected " + connection.scope());
		}

		@OnStreamOpen
		Guest opened(StreamContext context) {
			this.lines.add("opened " + context.streamId());
			return new Guest("guest " + context.streamId());
		}

		@MessageHandler
		void hear(Text text, Guest guest) {
			this.lines.add("heard %s from %s".formatted(text.value(), guest.name()));
		}

		@OnStreamClose
		void closed(Guest guest, StreamContext context) {
			this.lines.add("closed %d of %s".formatted(context.streamId(), guest.name()));
		}

		@OnDisconnect
		void disconnected(ErrorInfo cause, ConnectionInfo connection) {
			this.lines.add("disconnected %s %s".formatted(connection.scope(), cause.code()));
		}

	}

	@Order(1)
	@AdaptiveService(publisher = "example", name = "test")
	static class First {

		private final List<String> lines;

		First(Journal journal) {
			this.lines = journal.lines;
		}

		@OnConnect
		void connected() throws IOException {
			this.lines.add("first");
			throw new IOException("no matter");
		}

		@MessageHandler
		void hear(Text text) {
		}

	}

	@Order(2)
	@AdaptiveService(publisher = "example", name = "test")
	static class Last {

		private final List<String> lines;

		Last(Journal journal) {
			this.lines = journal.lines;
		}

		@OnConnect
		@Order(2)
		void second() {
			this.lines.add("last b");
		}

		@OnConnect
		@Order(1)
		void third() {
			this.lines.add("last a");
		}

	}

}
