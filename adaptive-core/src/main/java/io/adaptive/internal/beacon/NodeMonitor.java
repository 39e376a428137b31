package io.adaptive.internal.beacon;

import java.util.List;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;

/**
 * Watches over nodes whose services somebody of this node waits for or uses, by a
 * connection to each. What it finds out it tells {@link Beacon#confirm},
 * {@link Beacon#reached} and {@link Beacon#lost}. Its methods must not block.
 */
public interface NodeMonitor {

	/** Nobody watches. */
	NodeMonitor NONE = new NodeMonitor() {

		@Override
		public boolean follow(Instance node, List<Endpoint> endpoints) {
			return false;
		}

		@Override
		public void release(Instance node) {
			// It was not followed.
		}

	};

	/**
	 * Begins to watch over a node. Called again whenever the node was heard while it is
	 * not confirmed.
	 * @param node the node
	 * @param endpoints where it is reached
	 * @return whether it is watched over
	 */
	boolean follow(Instance node, List<Endpoint> endpoints);

	/**
	 * A node that is watched over and confirmed was heard.
	 * @param node the node
	 * @param endpoints where it is reached now
	 */
	default void heard(Instance node, List<Endpoint> endpoints) {
	}

	/**
	 * Stops watching over a node.
	 * @param node the node
	 */
	void release(Instance node);

}
