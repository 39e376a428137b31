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
 * Watches whether this machine still has the addresses from which connections reach their
 * peers. Without it a connection is silent for ever.
 */
record OwnAddressWatch(OwnAddresses addresses) {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveClient.class);

	/**
	 * Watches the address of a connection until the connection ends.
	 * @param gone called each second in which the address is gone, on a thread that must
	 * not be held up
	 */
	void watch(MultiplexedConnection connection, Runnable gone) {
		InetAddress address = connection.ownAddress();
		if (address != null) {
			OwnAddresses.Watch watch = this.addresses.watch(address, gone);
			CompletionStage<?> unused = connection.whenClosed().thenRun(watch::close);
		}
	}

	/**
	 * Ends a connection when its address is gone and its node answers from another.
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
	 * Ends a connection from an address that this machine no longer has. One whose
	 * address is back, as when only its prefix has changed, goes on.
	 * @param again another one to the same node, which answers
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
