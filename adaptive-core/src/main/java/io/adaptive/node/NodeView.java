package io.adaptive.node;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.ServiceStatus;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.status.LanStatus;
import io.adaptive.status.SearchStatus;
import io.adaptive.stream.ConnectionStatus;

/**
 * What a node shows of itself to the person who runs it. Each method reads the moment.
 * Safe for use by many threads.
 */
public interface NodeView {

	/**
	 * Tells how the node encodes messages.
	 * @return the name of the codec, such as {@code fory}
	 */
	String codec();

	/**
	 * Tells which types the node registers by name.
	 * @return the concrete types
	 */
	Collection<Class<?>> registeredTypes();

	/**
	 * Tells what the node publishes, and what it is taking back.
	 * @return one status for each publication, built-in services included
	 */
	List<ServiceStatus> services();

	/**
	 * Tells whether the node once published services, and offers none any more.
	 * @return whether nobody but perhaps the program itself is served
	 */
	boolean isOutOfService();

	/**
	 * Tells which connections the clients of the node have.
	 * @return the connections, in no order; those to its services are told with them
	 */
	List<ConnectionStatus> connections();

	/**
	 * Tells what the node knows of services, without asking the networks.
	 * @return each instance once, nearest first
	 */
	List<ServiceInstance> known();

	/**
	 * Asks the networks, two seconds at most, and tells what services there are, as the
	 * built-in service lister does.
	 * @param pattern which services
	 * @return the instances, once in each scope in which they are seen
	 */
	List<ServiceInstance> list(ServicePattern pattern);

	/**
	 * Tells which searches for services wait, and why.
	 * @return the searches, in no order
	 */
	List<SearchStatus> searches();

	/**
	 * Returns where the programs of this machine meet.
	 * @return the directory of their sockets, empty without OS scope
	 */
	Optional<Path> socketDirectory();

	/**
	 * Returns where the programs of this machine reach the node.
	 * @return its socket, empty before its first service is published there
	 */
	Optional<Path> socket();

	/**
	 * Returns which files of the node in the socket directory are not there, as when
	 * others have cleared it. They are made again within a second.
	 * @return the files, as a rule none
	 */
	List<Path> missingSocketFiles();

	/**
	 * Tells how the node takes part in its local networks.
	 * @return the status, empty for a node that does not
	 */
	Optional<LanStatus> lan();

	/**
	 * Returns where the node is reached through reverse proxies.
	 * @return the endpoints
	 */
	List<Endpoint.Relayed> relays();

	/**
	 * Returns how the worker pool follows its load.
	 * @return the factors, with a maximum that is a number of workers
	 */
	ScaleFactors scaleFactors();

}
