package io.adaptive.stress.soak;

import java.time.Duration;

import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server's end of the soak on a node, and how the client's end tells it what to do.
 */
final class SoakServer {

	static final ServiceName SOAK = new ServiceName("stress", "soak");

	static final ServiceName ORDERED = new ServiceName("stress", "ordered");

	static final ServiceName ROLLING = new ServiceName("stress", "rolling");

	static final ServiceName CONTROL = new ServiceName("stress", "control");

	/** Above all ids of the client. */
	private static final long NO_ID = 1L << 40;

	private final AdaptiveNode node;

	private final SoakServices services = new SoakServices();

	private Publication rolling;

	private SoakServer(AdaptiveNode node) {
		this.node = node;
	}

	/**
	 * Publishes all services of the soak, that which rolls excepted.
	 */
	static void publish(AdaptiveNode node) {
		SoakServer server = new SoakServer(node);
		node.newServer().publish(server.services.soak());
		node.newServer().publish(server.services.ordered());
		node.newServer().publish(server.control());
	}

	private Service control() {
		return Service.named(CONTROL)
			.handle(Begin.class, (begin) -> begin())
			.handle(Roll.class, (roll) -> roll())
			.handle(End.class, (end) -> end());
	}

	private Object begin() {
		this.services.begin(new Books(NO_ID), this.node.newClient().discover(SOAK));
		this.rolling = this.node.newServer().publish(this.services.rolling());
		return null;
	}

	private Object roll() {
		this.rolling.close();
		this.rolling = this.node.newServer().publish(this.services.rolling());
		return null;
	}

	private Ended end() {
		this.services.relay().close();
		awaitSilence();
		this.rolling.close();
		return new Ended(this.services.books().statement(), this.services.summary());
	}

	/**
	 * Once all connections have ended, whatever was on its way has arrived; once no
	 * worker but this is busy, it has been handled.
	 */
	private void awaitSilence() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat("open: %s, %s messages queued, %s workers busy"
				.formatted(this.services.open(), this.node.workers().queued(), this.node.workers().busy()))
				.isEqualTo("open: {}, 0 messages queued, 1 workers busy"));
	}

	/** A round begins. */
	record Begin() {
	}

	/** Takes the rolling service back and publishes it again. */
	record Roll() {
	}

	/** The client has closed all its connections but this. */
	record End() {
	}

	/**
	 * All is silent.
	 *
	 * @param books the server's books of this round
	 * @param summary connections and streams of all rounds
	 */
	record Ended(Books.Statement books, String summary) {
	}

}
