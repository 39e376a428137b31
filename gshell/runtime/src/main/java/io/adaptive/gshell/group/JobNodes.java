package io.adaptive.gshell.group;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

import io.adaptive.gshell.share.SharedTypes;
import io.adaptive.gshell.weave.JobClassLoader;
import io.adaptive.gshell.weave.JobEnvironment;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.node.NodeHost;
import org.jspecify.annotations.Nullable;

/**
 * Host of the nodes of one run of a job, between its loader and the shared classes: they
 * meet in the socket directory of the group, and are closed with the job's shutdown
 * hooks, or when the job's resources are shut. Finds the types of the job that it shares
 * with others.
 */
final class JobNodes extends ClassLoader implements NodeHost {

	static {
		registerAsParallelCapable();
	}

	private static final Duration DRAIN = Duration.ofSeconds(2);

	private final SharedTypes.Lease types;

	private final String owner;

	private final @Nullable Path socketDirectory;

	private final Map<AdaptiveNode, OpenNode> nodes = Collections.synchronizedMap(new IdentityHashMap<>());

	private volatile boolean ended;

	JobNodes(SharedClasses shared, SharedTypes.Lease types, String owner, @Nullable Path socketDirectory) {
		super(shared);
		this.types = types;
		this.owner = owner;
		this.socketDirectory = socketDirectory;
	}

	/**
	 * The job has ended: nothing of its classes is needed any more.
	 */
	void end() {
		this.ended = true;
		this.types.close();
		CodecGetters.removeEnded();
	}

	boolean isEnded() {
		return this.ended;
	}

	/**
	 * The binary names of the types that the job shares with others, sorted.
	 */
	List<String> sharedTypes() {
		return this.types.names();
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		Class<?> type = this.types.find(name);
		if (type == null) {
			throw new ClassNotFoundException(name);
		}
		return type;
	}

	@Override
	public void configure(AdaptiveNodeBuilder builder) {
		builder.drainTimeout(DRAIN);
		if (this.socketDirectory != null) {
			builder.socketDirectory(this.socketDirectory);
		}
	}

	@Override
	public String owner() {
		return this.owner;
	}

	@Override
	public void started(AdaptiveNode node) {
		JobEnvironment environment = environment();
		if (environment == null) {
			return;
		}
		OpenNode open = new OpenNode(node, new Thread(node::close, "gshell node"), this.nodes::containsKey);
		this.nodes.put(node, open);
		environment.made(open);
		try {
			environment.addHook(open.hook());
		}
		catch (IllegalStateException ex) {
			// The job ends: its resources are shut soon.
		}
	}

	@Override
	public void closed(AdaptiveNode node) {
		OpenNode open = this.nodes.remove(node);
		JobEnvironment environment = environment();
		if (open != null && environment != null) {
			try {
				environment.removeHook(open.hook());
			}
			catch (IllegalStateException ex) {
				// The job ends.
			}
		}
	}

	private static @Nullable JobEnvironment environment() {
		for (ClassLoader loader = Thread.currentThread().getContextClassLoader(); loader != null; loader = loader
			.getParent()) {
			if (loader instanceof JobClassLoader job) {
				return job.environment();
			}
		}
		return null;
	}

}
