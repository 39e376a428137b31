package io.adaptive.internal.proxy;

import io.adaptive.internal.transport.RelayPort;
import org.jspecify.annotations.Nullable;

/**
 * State of a control stream at the proxy: the public port, which is closed with the
 * stream.
 */
final class ControlStream {

	private volatile @Nullable RelayPort port;

	private volatile boolean ended;

	/**
	 * Sets the port of the stream. If the stream has ended in the meantime, the port is
	 * closed.
	 */
	void attach(RelayPort port) {
		this.port = port;
		// Checked after the port is set, since end() reads the port after it has set the
		// flag.
		if (this.ended) {
			port.close();
		}
	}

	boolean hasPort() {
		return this.port != null;
	}

	/**
	 * Handles the end of the stream or of its connection.
	 * @return the port that was closed with it
	 */
	@Nullable RelayPort end() {
		this.ended = true;
		RelayPort current = this.port;
		if (current != null) {
			current.close();
		}
		return current;
	}

}
