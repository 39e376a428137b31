package io.adaptive.internal.client;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.transport.OwnAddresses;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import org.jspecify.annotations.Nullable;

/**
 * Watches the addresses of this machine used by connections. A connection whose address
 * was removed would stay silent forever.
 */
record OwnAddressWatch(OwnAddresses addresses) {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveClient.class);

	/**
	 * Watches the address of a connection until the connection ends.
	 * @param gone called each second while the address is missing, on a thread that must
	 * not be blocked
	 */
	void watch(MultiplexedConnection connection, Runnable gone) {
		InetAddress address = connection.ownAddress();
		if (address != null) {
			OwnAddresses.Watch watch = this.addresses.watch(address, gone);
			CompletionStage<?> unused = connection.whenClosed().thenRun(watch::close);
		}
	}

	/**
	 * Ends a connection when its address is removed and its node is reached from another.
	 * @param dial connects to the node once more
	 */
	void endWithoutAddress(MultiplexedConnection connection, Supplier<MultiplexedConnection> dial) {
		SingleRun dialling = new SingleRun("adaptive-move");
		watch(connection, () -> dialling.start(() -> endIfAnswered(connection, dial)));
	}

	private void endIfAnswered(MultiplexedConnection connection, Supplier<MultiplexedConnection> dial) {
		try (MultiplexedConnection again = dial.get()) {
			end(connection, again);
		}
		catch (AdaptiveException ex) {
			logger.debug("not reached without its address connection={} reason=\"{}\"", connection, ex.getMessage());
		}
	}

	/**
	 * Ends a connection from an address that this machine no longer has. It continues if
	 * the address is back, for example because only its prefix changed.
	 * @param again another connection to the same node, which answers
	 */
	void end(MultiplexedConnection before, MultiplexedConnection again) {
		InetAddress address = before.ownAddress();
		if (address != null && this.addresses.isThere(address)) {
			return;
		}
		before
			.breakOff(new ErrorInfo(ErrorCode.UNAVAILABLE, "the address %s of this machine is gone, the node answers %s"
				.formatted(text(address), text(again.ownAddress()))));
	}

	private static String text(@Nullable InetAddress address) {
		return (address != null) ? address.getHostAddress() : "without one";
	}

}
