package io.adaptive.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.node.ProcessSpace;
import org.jspecify.annotations.Nullable;

/**
 * A network of nodes in memory, which communicate only with each other, without sockets
 * or files. Messages are copied through the codec as over a socket, so that a message
 * that cannot be encoded is detected, unless copying is disabled.
 *
 * <pre class="code">
 * try (InMemoryNetwork network = new InMemoryNetwork()) {
 *     network.newNode().newServer().publish(service);
 *     Connection connection = network.newNode().newClient().discover("example", "hello");
 *     ...
 * }
 * </pre>
 *
 * Several networks in the same JVM are isolated from each other. Thread-safe.
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
	 * Creates a network that copies messages.
	 */
	public InMemoryNetwork() {
		this(true);
	}

	/**
	 * Creates a network.
	 * @param copyMessages whether messages are copied through the codec, {@code false} to
	 * pass them by reference
	 */
	public InMemoryNetwork(boolean copyMessages) {
		this.copyMessages = copyMessages;
	}

	/**
	 * Returns a new node.
	 * @return the node, which is closed with this network
	 */
	public AdaptiveNode newNode() {
		return newNode((settings) -> {
		});
	}

	/**
	 * Returns a new node. By default each node has a provider id of its own:
	 * {@code test-1}, {@code test-2} and so on.
	 * @param settings changes the settings of the node
	 * @return the node, which is closed with this network
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
	 * Confines a node to this network, regardless of its other settings.
	 * @param builder the builder of the node
	 * @return the builder
	 */
	public AdaptiveNodeBuilder confine(AdaptiveNodeBuilder builder) {
		return builder.inMemory(this.space)
			.copyInProcess(this.copyMessages)
			.dialInterceptor(this.links)
			.discoveryClock(this.clock);
	}

	/**
	 * Publishes a new stub, on a node for stubs.
	 * @param publisher the publisher
	 * @param name the name of the service
	 * @return the stub, which is closed with this network
	 * @throws io.adaptive.message.ServiceAlreadyPublishedException if a node of this
	 * network publishes the service
	 */
	public ServiceStub stub(String publisher, String name) {
		return publish(new ServiceStub(new ServiceName(publisher, name)));
	}

	/**
	 * Publishes an existing stub.
	 * @param stub the stub
	 * @return the stub, which is closed with this network
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
	 * Returns the faults of the connections of this network.
	 * @return the faults, initially none
	 */
	public LinkFaults faults() {
		return this.links.ofAll();
	}

	/**
	 * Returns the clock of this network.
	 * @return the clock, initially running
	 */
	public TestClock clock() {
		return this.clock;
	}

	/**
	 * Resets the network for the next test: ends all faults, resumes the clock, and
	 * removes the answers and received messages of stubs.
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
	 * Closes all stubs and nodes, in the reverse order of their creation.
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
