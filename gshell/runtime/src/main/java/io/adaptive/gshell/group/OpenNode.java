package io.adaptive.gshell.group;

import java.util.function.Predicate;

import io.adaptive.gshell.weave.DescribedResource;
import io.adaptive.node.AdaptiveNode;

/**
 * A node that a job has built.
 *
 * @param node the node
 * @param hook closes it at the end of the job, as a shutdown hook
 * @param open tells whether it has not been closed
 */
record OpenNode(AdaptiveNode node, Thread hook, Predicate<AdaptiveNode> open) implements DescribedResource {

	@Override
	public boolean isOpen() {
		return this.open.test(this.node);
	}

	@Override
	public void close() {
		this.node.close();
	}

	@Override
	public String description() {
		return "node " + this.node.instance();
	}

}
