package io.adaptive.internal.proxy;

import io.adaptive.internal.transport.RelayPort;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy remembers about a stream: the public port that lives as long.
 */
final class ControlStream {

	private volatile @Nullable RelayPort port;

	private volatile boolean ended;

	/**
	 * Lets a port end with the stream, even if that has ended meanwhile.
	 */
	void attach(RelayPort port) {
		this.port = port;
		// Looked at after setting: whoever ends looks for the port after ending.
		if (this.ended) {
			port.close();
		}
	}

	boolean hasPort() {
		return this.port != null;
	}

	/**
	 * The stream has closed, or its connection is lost.
	 * @return the port that ended with it
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
