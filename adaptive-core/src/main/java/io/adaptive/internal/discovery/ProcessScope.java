package io.adaptive.internal.discovery;

import java.util.List;

import io.adaptive.client.Watch;
import io.adaptive.internal.transport.ProcessSettings;
import io.adaptive.internal.transport.ProcessTable;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.spi.Announcer;
import io.adaptive.spi.LinkAcceptor;
import io.adaptive.spi.Lookup;

/**
 * PROCESS scope: a table in the process space.
 */
public final class ProcessScope implements Announcer, Lookup {

	private final ProcessTable space;

	private final Instance self;

	private final ProcessSettings settings;

	private final LinkAcceptor acceptor;

	/**
	 * Makes the scope for a node.
	 * @param space the space it lives in
	 * @param self the node
	 * @param settings how the node takes part
	 * @param acceptor decides on links to the node's services
	 */
	public ProcessScope(ProcessTable space, Instance self, ProcessSettings settings, LinkAcceptor acceptor) {
		this.space = space;
		this.self = self;
		this.settings = settings;
		this.acceptor = acceptor;
	}

	@Override
	public Scope scope() {
		return Scope.PROCESS;
	}

	@Override
	public Announcement announce(ServiceName service) {
		return this.space.publish(service, this.self, this.settings, this.acceptor)::close;
	}

	@Override
	public List<ServiceInstance> find(ServicePattern pattern) {
		return this.space.find(pattern);
	}

	@Override
	public Watch watch(ServicePattern pattern, Runnable changed) {
		return this.space.watch(changed)::close;
	}

}
