package io.adaptive.internal.scope.process;

import java.util.List;
import java.util.function.Supplier;

import io.adaptive.client.Watch;
import io.adaptive.internal.scope.NearScope;
import io.adaptive.internal.transport.ProcessSettings;
import io.adaptive.internal.transport.ProcessTable;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.spi.LinkAcceptor;

/**
 * PROCESS scope: a table of services in the memory of the process.
 */
public final class ProcessScope implements NearScope {

	private final ProcessTable space;

	private final Instance self;

	private final ProcessSettings settings;

	private final LinkAcceptor acceptor;

	private final Supplier<List<Service>> services;

	/**
	 * Creates the scope for a node.
	 * @param space the table of the process
	 * @param self the node
	 * @param settings the settings of the scope
	 * @param acceptor accepts the links to the node's services
	 * @param services supplies the built-in services of the scope
	 */
	public ProcessScope(ProcessTable space, Instance self, ProcessSettings settings, LinkAcceptor acceptor,
			Supplier<List<Service>> services) {
		this.space = space;
		this.self = self;
		this.settings = settings;
		this.acceptor = acceptor;
		this.services = services;
	}

	@Override
	public Scope scope() {
		return Scope.PROCESS;
	}

	@Override
	public List<Service> services() {
		return this.services.get();
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
