package io.adaptive.node;

/**
 * A host of programs that share one virtual machine, such as gshell. It is the first
 * class loader in the parent chain of the context class loader, at the time of
 * {@link AdaptiveNode#builder()}, that implements this interface. Without a host nothing
 * changes.
 * <p>
 * Methods are called on the thread that makes or closes the node. They must not block, or
 * throw.
 */
public interface NodeHost {

	/** No host. */
	NodeHost NONE = new NodeHost() {
	};

	/**
	 * Finds the host of the current thread.
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
	 * Gives a builder its defaults, such as the directory of the sockets, before the
	 * program sets anything.
	 * @param builder the builder
	 */
	default void configure(AdaptiveNodeBuilder builder) {
	}

	/**
	 * Names the program of the current thread, for errors that other programs of the
	 * virtual machine see.
	 * @return the name, empty for none
	 */
	default String owner() {
		return "";
	}

	/**
	 * Hears of a node that has been started.
	 * @param node the node
	 */
	default void started(AdaptiveNode node) {
	}

	/**
	 * Hears of a node that has been closed. A node that cannot start is never told of.
	 * @param node the node
	 */
	default void closed(AdaptiveNode node) {
	}

}
