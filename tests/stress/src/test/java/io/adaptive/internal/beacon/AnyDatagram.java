package io.adaptive.internal.beacon;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import io.adaptive.message.ServicePattern;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a stranger in the network may send.
 * <p>
 * Apart from its test and the examples: what is loaded before Jazzer's agent is
 * transformed a second time, which damages records and nested classes on JDK 17.
 */
final class AnyDatagram {

	private AnyDatagram() {
	}

	static void check(byte[] bytes) {
		Datagram datagram = read(bytes);
		if (datagram != null) {
			itCanBeWrittenAgain(datagram);
		}
		aNodeTakesItOrDropsIt(bytes);
	}

	private static @Nullable Datagram read(byte[] bytes) {
		try {
			Datagram datagram = new DatagramReader(new DatagramSigner(null)).read(bytes, bytes.length);
			assertThat(bytes).hasSizeLessThanOrEqualTo(Datagram.MAX_BYTES);
			return datagram;
		}
		catch (DroppedException ex) {
			assertThat(ex.getMessage()).isNotBlank();
			return null;
		}
	}

	private static void itCanBeWrittenAgain(Datagram datagram) {
		List<byte[]> written = new DatagramWriter(new DatagramSigner(null), 1).write(datagram.content());
		assertThat(written).allSatisfy((each) -> assertThat(each).hasSizeLessThanOrEqualTo(Datagram.MAX_BYTES));
		if (written.size() == 1) {
			Datagram again = read(written.get(0));
			assertThat(again).isNotNull();
			assertThat(again.content().speaker()).isEqualTo(datagram.content().speaker());
			assertThat(new DatagramWriter(new DatagramSigner(null), 1).write(again.content()))
				.containsExactly(written.get(0));
		}
	}

	private static void aNodeTakesItOrDropsIt(byte[] bytes) {
		TestNetwork network = new TestNetwork(1);
		TestNetwork.Member member = network.add("10.0.1.1");
		member.announce("hello");
		member.protocol.ask(new ServicePattern("*", "*"));
		InetSocketAddress stranger = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000);
		member.protocol.receive(bytes, bytes.length, stranger, DatagramNetwork.Inlet.SHARED);
		member.protocol.receive(bytes, bytes.length, stranger, DatagramNetwork.Inlet.PRIVATE);
		network.pass(Duration.ofMillis(200));
		assertThat(member.find("hello")).isNotEmpty();
		assertThat(network.recordings)
			.allSatisfy((sent) -> assertThat(sent.datagram()).hasSizeLessThanOrEqualTo(Datagram.MAX_BYTES));
	}

}
