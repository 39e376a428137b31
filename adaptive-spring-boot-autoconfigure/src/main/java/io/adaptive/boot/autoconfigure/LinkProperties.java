package io.adaptive.boot.autoconfigure;

import java.time.Duration;

import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.PendingLimits;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits and timeouts of connections.
 *
 * @param maxMessageSize Maximum size of an accepted message.
 * @param streamCredit Total size of the messages that may wait on one stream before the
 * sender is blocked.
 * @param connectionCredit Total size of the messages that may wait on all streams of a
 * connection before senders are blocked.
 * @param maxPendingMessages Maximum number of messages and calls of non-blocking senders
 * that wait for credit on one stream, and of calls that wait for an instance on one
 * connection.
 * @param maxPendingSize Maximum total size of messages and calls of non-blocking senders
 * that wait for credit on one stream, in addition to one message of any size.
 * @param handshakeTimeout Time in which the handshake of a new connection has to
 * complete.
 * @param pingAfter Time without received data after which a ping is sent.
 * @param deadAfter Time without received data after which a connection is closed as lost.
 * @param nativeSockets Whether to use Netty's native transport where available, instead
 * of that of the JDK.
 */
public record LinkProperties(@DefaultValue("16MB") DataSize maxMessageSize, @DefaultValue("1MB") DataSize streamCredit,
		@DefaultValue("32MB") DataSize connectionCredit, @DefaultValue("16384") int maxPendingMessages,
		@DefaultValue("16MB") DataSize maxPendingSize, @DefaultValue("10s") Duration handshakeTimeout,
		@DefaultValue("5s") Duration pingAfter, @DefaultValue("15s") Duration deadAfter,
		@DefaultValue("true") boolean nativeSockets) {

	public LinkProperties {
		settings(maxMessageSize, streamCredit, connectionCredit,
				new PendingLimits(maxPendingMessages, maxPendingSize.toBytes()), handshakeTimeout, pingAfter,
				deadAfter);
	}

	LinkSettings settings() {
		return settings(this.maxMessageSize, this.streamCredit, this.connectionCredit,
				new PendingLimits(this.maxPendingMessages, this.maxPendingSize.toBytes()), this.handshakeTimeout,
				this.pingAfter, this.deadAfter);
	}

	private static LinkSettings settings(DataSize maxMessageSize, DataSize streamCredit, DataSize connectionCredit,
			PendingLimits pending, Duration handshakeTimeout, Duration pingAfter, Duration deadAfter) {
		Limits limits = new Limits(maxMessageSize.toBytes(), streamCredit.toBytes(), connectionCredit.toBytes());
		return new LinkSettings(limits, pending, handshakeTimeout, pingAfter, deadAfter);
	}

}
