package io.adaptive.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.adaptive.node.ProcessSpace;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that meet each other and nobody else, without a socket or a file. Messages are
 * copied through the codec as over a socket, so that one that cannot be encoded is found,
 * unless this is switched off.
 *
 * <pre class="code">
 * try (InMemoryNetwork network = new InMemoryNetwork()) {
 *     network.newNode().newServer().publish(service);
 *     Connection connection = network.newNode().newClient().discover("example", "hello");
 *     ...
 * }
 * </pre>
 *
 * A second network in the same JVM is a world of its own. Safe for use by many threads.
 */
public final class InMemoryNetwork implements AutoCloseable {

	private final ProcessSpace space = new ProcessSpace();

	private final TestClock clock = new TestClock();

	private final FaultyLinks links = new FaultyLinks(this.clock);

	private final boolean copyMessages;

	private final List<AdaptiveNode> nodes = new ArrayList<>();

	private final List<ServiceStub> stubs = new ArrayList<>();

	private @Nullable AdaptiveNode stubNode;

	/**
	 * Makes a network that copies messages.
	 */
	public InMemoryNetwork() {
		this(true);
	}

	/**
	 * Makes a network.
	 * @param copyMessages whether messages are copied through the codec, {@code false} to
	 * hand them over by reference
	 */
	public InMemoryNetwork(boolean copyMessages) {
		this.copyMessages = copyMessages;
	}

	/**
	 * Makes a node.
	 * @return the node, which ends with this network
	 */
	public AdaptiveNode newNode() {
		return newNode((settings) -> {
		});
	}

	/**
	 * Makes a node, each by default on a machine of its own: {@code test-1},
	 * {@code test-2} and so on.
	 * @param settings changes its settings
	 * @return the node, which ends with this network
	 */
	public synchronized AdaptiveNode newNode(Consumer<AdaptiveNodeBuilder> settings) {
		AdaptiveNodeBuilder builder = AdaptiveNode.builder()
			.providerId(new ProviderId("test-" + (this.nodes.size() + 1)));
		settings.accept(builder);
		AdaptiveNode node = confine(builder).build();
		this.nodes.add(node);
		return node;
	}

	/**
	 * Confines a node to this network, whatever its settings say.
	 * @param builder the settings
	 * @return the settings
	 */
	public AdaptiveNodeBuilder confine(AdaptiveNodeBuilder builder) {
		return builder.inMemory(this.space)
			.copyInProcess(this.copyMessages)
			.dialInterceptor(this.links)
			.discoveryClock(this.clock);
	}

	/**
	 * Publishes a stub, on a node that is there for stubs.
	 * @param publisher the publisher
	 * @param name the service's name
	 * @return the stub, which ends with this network
	 * @throws io.adaptive.message.ServiceAlreadyPublishedException if a node of this
	 * network publishes the service
	 */
	public ServiceStub stub(String publisher, String name) {
		return publish(new ServiceStub(new ServiceName(publisher, name)));
	}

	/**
	 * Publishes a stub that was made apart.
	 * @param stub the stub
	 * @return the stub, which ends with this network
	 * @throws io.adaptive.message.ServiceAlreadyPublishedException if a node of this
	 * network publishes the service
	 */
	public synchronized ServiceStub publish(ServiceStub stub) {
		AdaptiveNode node = this.stubNode;
		if (node == null) {
			node = newNode((settings) -> settings.providerId(new ProviderId("stubs")));
			this.stubNode = node;
		}
		this.stubs.add(stub.publish(node.newServer(), this.links));
		return stub;
	}

	/**
	 * Returns what the connections of this network suffer.
	 * @return the faults, none at first
	 */
	public LinkFaults faults() {
		return this.links.ofAll();
	}

	/**
	 * Returns the clock of this network.
	 * @return the clock, which runs
	 */
	public TestClock clock() {
		return this.clock;
	}

	/**
	 * Prepares the next test: no faults, a clock that runs, and stubs that have no
	 * answers and were sent nothing.
	 */
	public void reset() {
		stubs().forEach(ServiceStub::reset);
		this.links.reset(null);
		this.clock.resume();
	}

	private synchronized List<ServiceStub> stubs() {
		return List.copyOf(this.stubs);
	}

	/**
	 * Ends all stubs and nodes, the last made first.
	 */
	@Override
	public void close() {
		this.links.reset(null);
		this.clock.resume();
		stubs().forEach(ServiceStub::close);
		List<AdaptiveNode> lastFirst;
		synchronized (this) {
			lastFirst = new ArrayList<>(this.nodes);
		}
		Collections.reverse(lastFirst);
		lastFirst.forEach(AdaptiveNode::close);
		this.links.close();
	}

}
