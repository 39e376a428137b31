package io.adaptive.node;

/**
 * A host of programs that share one virtual machine, such as gshell. It is the first
 * class loader in the parent chain of the context class loader, at the time of
 * {@link AdaptiveNode#builder()}, that implements this interface. Without a host nothing
 * changes.
 * <p>
 * Methods are called on the thread that builds or closes the node. They must neither
 * block nor throw.
 */
public interface NodeHost {

	/** No host. */
	NodeHost NONE = new NodeHost() {
	};

	/**
	 * Returns the host of the current thread.
	 * @return the host, {@link #NONE} if there is none
	 */
	static NodeHost current() {
		for (ClassLoader loader = Thread.currentThread().getContextClassLoader(); loader != null; loader = loader
			.getParent()) {
			if (loader instanceof NodeHost host) {
				return host;
			}
		}
		return NONE;
	}

	/**
	 * Sets the defaults of a builder, such as the socket directory, before the program
	 * configures it.
	 * @param builder the builder
	 */
	default void configure(AdaptiveNodeBuilder builder) {
	}

	/**
	 * Returns the name of the program of the current thread, for errors reported to other
	 * programs of the virtual machine.
	 * @return the name, empty for none
	 */
	default String owner() {
		return "";
	}

	/**
	 * Called when a node was started.
	 * @param node the node
	 */
	default void started(AdaptiveNode node) {
	}

	/**
	 * Called when a node was closed. Not called for a node that could not be started.
	 * @param node the node
	 */
	default void closed(AdaptiveNode node) {
	}

}
