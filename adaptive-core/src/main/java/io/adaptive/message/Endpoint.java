package io.adaptive.message;

import java.nio.file.Path;

/**
 * Where a node can be reached.
 */
public sealed interface Endpoint {

	/**
	 * Returns the scope that such an endpoint belongs to.
	 * @return the scope
	 */
	Scope scope();

	/**
	 * A node of the same process space.
	 *
	 * @param instance the node
	 */
	record InProcess(Instance instance) implements Endpoint {

		@Override
		public Scope scope() {
			return Scope.PROCESS;
		}

		@Override
		public String toString() {
			return "process:" + this.instance;
		}

	}

	/**
	 * A unix domain socket of this machine.
	 *
	 * @param path the socket file
	 */
	record UnixSocket(Path path) implements Endpoint {

		@Override
		public Scope scope() {
			return Scope.OS;
		}

		@Override
		public String toString() {
			return "unix:" + this.path;
		}

	}

}
