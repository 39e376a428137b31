package io.adaptive.internal.node;

import java.util.function.Consumer;

import io.adaptive.internal.message.Deadline;

/**
 * Part of a node in its life cycle. It may be closed without having been started, or
 * after its start has failed.
 *
 * @param name a description of the part
 * @param start opens the resources that were not opened with the creation of the part
 * @param leave withdraws the part from other nodes, and serves the messages in flight
 * @param close closes the part; waits until the deadline at most
 */
record NodePart(String name, Runnable start, Consumer<Deadline> leave, Consumer<Deadline> close) {

	/**
	 * Returns a part without actions.
	 */
	static NodePart named(String name) {
		return new NodePart(name, () -> {
		}, (deadline) -> {
		}, (deadline) -> {
		});
	}

	NodePart startedBy(Runnable start) {
		return new NodePart(this.name, start, this.leave, this.close);
	}

	NodePart leftBy(Consumer<Deadline> leave) {
		return new NodePart(this.name, this.start, leave, this.close);
	}

	NodePart closedBy(Consumer<Deadline> close) {
		return new NodePart(this.name, this.start, this.leave, close);
	}

}
