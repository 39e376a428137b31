package io.adaptive.internal.beacon;

import java.util.List;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;

/**
 * Monitor of remote nodes with services that this node uses or waits for, by a connection
 * to each. Reports its findings to {@link Beacon#confirm}, {@link Beacon#reached} and
 * {@link Beacon#lost}. Its methods must not block.
 */
public interface NodeMonitor {

	/** Monitor that follows no node. */
	NodeMonitor NONE = new NodeMonitor() {

		@Override
		public boolean follow(Instance node, List<Endpoint> endpoints) {
			return false;
		}

		@Override
		public void release(Instance node) {
			// Nothing to release: no node is followed.
		}

	};

	/**
	 * Starts to monitor a node. Called again for each datagram of the node while it is
	 * not confirmed.
	 * @param node the node
	 * @param endpoints the endpoints of the node
	 * @return whether the node is monitored
	 */
	boolean follow(Instance node, List<Endpoint> endpoints);

	/**
	 * Handles a datagram from a node that is monitored and confirmed.
	 * @param node the node
	 * @param endpoints its endpoints as of now
	 */
	default void heard(Instance node, List<Endpoint> endpoints) {
	}

	/**
	 * Stops monitoring a node.
	 * @param node the node
	 */
	void release(Instance node);

}
