package io.adaptive.internal.beacon;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.UnresolvedAddressException;

import io.adaptive.internal.log.KeyValueLogger;

/**
 * Operations on the channels of {@link Sockets}.
 */
final class DatagramChannels {

	private static final KeyValueLogger logger = KeyValueLogger.of(DatagramChannels.class);

	private DatagramChannels() {
	}

	/**
	 * Binds a channel, and registers it for reading. Closes it if that fails.
	 */
	static DatagramChannel register(DatagramChannel channel, InetSocketAddress address, Selector selector)
			throws IOException {
		try {
			channel.configureBlocking(false);
			channel.bind(address);
			channel.register(selector, SelectionKey.OP_READ);
			return channel;
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	static void send(DatagramChannel channel, byte[] datagram, InetSocketAddress to) {
		try {
			channel.send(ByteBuffer.wrap(datagram), to);
		}
		catch (IOException | UnresolvedAddressException ex) {
			// Same as a loss on the network, for which everything is sent more than once.
			logger.debug("cannot send scope=LAN address={} reason=\"{}\"", to, ex.getMessage());
		}
	}

	static void close(DatagramChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			logger.debug("cannot close scope=LAN reason=\"{}\"", ex.getMessage());
		}
	}

}
