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
 * A view of the state of a node, for operators. Each method returns the current state.
 * Thread-safe.
 */
public interface NodeView {

	/**
	 * Returns the codec of messages.
	 * @return the name of the codec, such as {@code fory}
	 */
	String codec();

	/**
	 * Returns the types that the node registers by name.
	 * @return the concrete types
	 */
	Collection<Class<?>> registeredTypes();

	/**
	 * Returns the services that the node publishes or is draining.
	 * @return one status per publication, including built-in services
	 */
	List<ServiceStatus> services();

	/**
	 * Returns whether the node has published services and offers none any more.
	 * @return {@code true} if no other program is served
	 */
	boolean isOutOfService();

	/**
	 * Returns the connections of the clients of the node.
	 * @return the connections, in no particular order; connections to its services are
	 * part of the status of the services
	 */
	List<ConnectionStatus> connections();

	/**
	 * Returns the known services, without querying the networks.
	 * @return each instance once, nearest first
	 */
	List<ServiceInstance> known();

	/**
	 * Queries the networks for services, for at most 2 seconds, like the built-in service
	 * lister.
	 * @param pattern the pattern of the services
	 * @return the instances, once per scope in which they are found
	 */
	List<ServiceInstance> list(ServicePattern pattern);

	/**
	 * Returns the waiting searches for services.
	 * @return the searches, in no particular order
	 */
	List<SearchStatus> searches();

	/**
	 * Returns the directory of the sockets of this machine.
	 * @return the socket directory, empty without OS scope
	 */
	Optional<Path> socketDirectory();

	/**
	 * Returns the socket of the node for programs of this machine.
	 * @return the socket, empty before the first service is published in OS scope
	 */
	Optional<Path> socket();

	/**
	 * Returns the files of the node that are missing in the socket directory, for example
	 * after it was cleared. They are recreated within a second.
	 * @return the missing files, usually none
	 */
	List<Path> missingSocketFiles();

	/**
	 * Returns the status of LAN discovery.
	 * @return the status, empty for a node without LAN scope
	 */
	Optional<LanStatus> lan();

	/**
	 * Returns the endpoints of the node at reverse proxies.
	 * @return the endpoints
	 */
	List<Endpoint.Relayed> relays();

	/**
	 * Returns the scale factors of the worker pool.
	 * @return the factors, with the effective maximum
	 */
	ScaleFactors scaleFactors();

}
