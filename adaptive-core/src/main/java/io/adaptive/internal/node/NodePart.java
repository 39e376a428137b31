package io.adaptive.internal.node;

import java.util.function.Consumer;

import io.adaptive.internal.message.Deadline;

/**
 * A part of a node, as its life cycle sees it. May be closed without having been started,
 * or after its start has failed.
 *
 * @param name what it is, in words
 * @param start opens what was not opened when the part was made
 * @param leave takes back what others see of it, and serves what is in flight
 * @param close ends it; waits until the deadline at most
 */
record NodePart(String name, Runnable start, Consumer<Deadline> leave, Consumer<Deadline> close) {

	/**
	 * A part with nothing to do.
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
