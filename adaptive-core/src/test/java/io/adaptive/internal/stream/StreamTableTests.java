package io.adaptive.internal.stream;

import io.adaptive.message.ConnectionLostException;
import io.adaptive.spi.Envelope;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every stream that is opened is ended and counted, also while the connection is lost.
 */
class StreamTableTests {

	private final SilentLink link = new SilentLink();

	private final MultiplexedConnection connection = MultiplexedConnection.client(this.link, Runnable::run);

	private int counted() {
		return this.link.traffic.statistics().streams();
	}

	private StreamTable table() {
		ConnectionState state = new ConnectionState(this.link, true, Runnable::run, ConnectionTelemetry.NONE,
				ReceiveBudget.unlimited());
		return new StreamTable(this.link.traffic, (id) -> new MultiplexedStream(state, id, (stream, end) -> {
		}));
	}

	@Test
	void noStreamIsOpenedOnceTheConnectionIsGone() {
		StreamTable table = table();
		int before = counted();
		table.close();
		assertThat(table.openNext((stream) -> {
		})).isNull();
		assertThat(table.open(3)).isNull();
		assertThat(counted()).isEqualTo(before);
	}

	@Test
	void aStreamThatCannotBeAnnouncedIsNotOpen() {
		int before = counted();
		this.link.close(SilentLink.LOST);
		StreamTable table = table();
		int withDefault = counted();
		assertThatExceptionOfType(ConnectionLostException.class)
			.isThrownBy(() -> table.openNext((stream) -> this.link.send(new Envelope.Open(stream.id()))));
		assertThat(table.all()).hasSize(1);
		assertThat(counted()).isEqualTo(withDefault).isEqualTo(before + 1);
	}

	@Test
	void aLostConnectionHasNoStreams() {
		this.connection.newStream();
		assertThat(counted()).isEqualTo(2);
		this.link.close(SilentLink.LOST);
		this.connection.receiver().closed(SilentLink.LOST);
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(this.connection::newStream);
		assertThat(counted()).isZero();
	}

}
