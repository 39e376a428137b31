package io.adaptive.client;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.adaptive.internal.client.ClientSettings;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.raw.RawConnection;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import reactor.core.publisher.Flux;

/**
 * A client that discovers services and connects to them. Created by
 * {@code AdaptiveNode.newClient()}. Immutable and thread-safe; each configuration method
 * returns a changed copy.
 */
public interface AdaptiveClient {

	/**
	 * Sets the discover timeout: the time to wait for a service. Without one a client
	 * waits indefinitely, so that it can be started before the server.
	 * @param timeout the timeout; zero does not wait; 100 years or more is no limit
	 * @return the changed copy
	 * @throws IllegalArgumentException if it is negative
	 */
	AdaptiveClient discoverTimeout(Duration timeout);

	/**
	 * Checks a discover timeout.
	 * @param timeout the timeout
	 * @return the same timeout
	 * @throws IllegalArgumentException if it is negative
	 */
	static Duration checkDiscoverTimeout(Duration timeout) {
		return ClientSettings.checkDiscoverTimeout(timeout);
	}

	/**
	 * Restricts the client to services on some machines.
	 * @param providers the ids of the machines, in which {@code *} matches any
	 * characters; none for all machines
	 * @return the changed copy
	 */
	AdaptiveClient providers(ProviderId... providers);

	/**
	 * Restricts the client to some of the scopes that the node searches.
	 * @param scopes the scopes, none for all
	 * @return the changed copy
	 */
	AdaptiveClient scopes(Scope... scopes);

	/**
	 * Sets the default call settings of reconnecting connections. A timeout in these
	 * settings includes the wait for the service and all retries.
	 * @param calls the settings, by default {@link CallSettings#DEFAULT}
	 * @return the changed copy
	 * @see #lazy(ServiceName)
	 */
	AdaptiveClient calls(CallSettings calls);

	/**
	 * Sets the selection among instances in the same scope.
	 * @param selection the selection, by default {@link Selection#random()}
	 * @return the changed copy
	 */
	AdaptiveClient selection(Selection selection);

	/**
	 * Sets whether messages of connections in PROCESS scope are copied, in both
	 * directions, so that a receiver may modify them. In other scopes a receiver always
	 * gets a copy.
	 * @param copy whether messages are copied; by default they are if either node is
	 * configured to copy
	 * @return the changed copy
	 */
	AdaptiveClient copyInProcess(boolean copy);

	/**
	 * Sets the purpose that is shown with the searches of this client in the status of
	 * the node.
	 * @param purpose a name, such as that of a component of the program
	 * @return the changed copy
	 */
	AdaptiveClient purpose(String purpose);

	/**
	 * Waits for a service and connects to one instance, in the nearest scope that has
	 * any.
	 * @param publisher the publisher
	 * @param name the service's name
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if no instance appeared within
	 * the discover timeout
	 * @throws io.adaptive.message.ConnectionRefusedException if an instance was found,
	 * but this program cannot communicate with it
	 */
	Connection discover(String publisher, String name);

	/**
	 * Waits for a service and connects to one instance, in the nearest scope that has
	 * any.
	 * @param service the service
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if no instance appeared within
	 * the discover timeout
	 * @throws io.adaptive.message.ConnectionRefusedException if an instance was found,
	 * but this program cannot communicate with it
	 */
	Connection discover(ServiceName service);

	/**
	 * Waits until at least one matching instance is available, and connects to all
	 * instances known at that time. Each instance is connected once, the nearest first.
	 * @param pattern the pattern of the services
	 * @return the connections, at least one, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if no instance appeared within
	 * the discover timeout
	 */
	List<Connection> discoverAll(ServicePattern pattern);

	/**
	 * Returns the instances that are currently known, nearest first, without connecting
	 * to them.
	 * @param pattern the pattern of the services
	 * @return the instances
	 */
	List<ServiceInstance> list(ServicePattern pattern);

	/**
	 * Watches services. Changes are pushed by the scopes and are available as soon as the
	 * node knows them.
	 * @param pattern the pattern of the services
	 * @return the watch, to be closed by the caller
	 */
	ServiceWatch watch(ServicePattern pattern);

	/**
	 * Watches services with a listener.
	 * @param pattern the pattern of the services
	 * @param listener receives one event after the other, on callback threads of the node
	 * @return the watch, to be closed by the caller
	 */
	Watch watch(ServicePattern pattern, Consumer<ServiceEvent> listener);

	/**
	 * Watches services as a reactive stream. Events are emitted on callback threads of
	 * the node and only on demand. A demand of 0 or less terminates the subscription with
	 * {@link IllegalArgumentException}.
	 * @param pattern the pattern of the services
	 * @return the changes; each subscription is a separate watch, which ends when it is
	 * cancelled
	 */
	Flux<ServiceEvent> changes(ServicePattern pattern);

	/**
	 * Returns a reconnecting connection, which discovers the service on first use. When
	 * its instance is gone, new calls and new streams go to another instance.
	 * <p>
	 * Calls that were not processed are retried, within a retry budget. Calls of
	 * {@link io.adaptive.annotation.Idempotent} messages are also retried if their
	 * delivery is unknown; other calls fail at once. Streams opened by the user end with
	 * the cause. Answers to one-way messages are not kept for {@link Connection#recv
	 * recv}, unless the messages were sent on a stream opened by the user.
	 * @param service the service
	 * @return the connection, to be closed by the caller
	 */
	Connection lazy(ServiceName service);

	/**
	 * Returns a reconnecting connection with a listener.
	 * @param service the service
	 * @param listener is notified of each new and lost instance
	 * @return the connection, to be closed by the caller
	 * @see #lazy(ServiceName)
	 */
	Connection lazy(ServiceName service, ConnectionListener listener);

	/**
	 * Returns a reconnecting connection to one instance. It connects on first use, and
	 * again after the connection was lost.
	 * @param instance the instance, as found by a search
	 * @param listener is notified of each new and lost connection
	 * @return the connection, to be closed by the caller
	 */
	Connection lazy(ServiceInstance instance, ConnectionListener listener);

	/**
	 * Connects to a service at a known address, without a search. One attempt is made;
	 * the service is not waited for.
	 * @param endpoint the address, such as {@code new Endpoint.Tcp("10.0.0.7", 7001)}
	 * @param service the service at that address
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ConnectionRefusedException if the address cannot be
	 * reached, or the service is not published there
	 */
	Connection connect(Endpoint endpoint, ServiceName service);

	/**
	 * Connects to one instance. One attempt is made.
	 * @param instance the instance, as found by a search
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ConnectionRefusedException if the instance cannot be
	 * reached, or the service is not published there
	 */
	Connection connect(ServiceInstance instance);

	/**
	 * Waits for a service and opens a raw connection, which carries only bytes, to one
	 * instance in the nearest scope that has any.
	 * @param service the service
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if no instance appeared within
	 * the discover timeout
	 * @throws io.adaptive.message.ConnectionRefusedException if an instance was found,
	 * but accepts no raw connections
	 */
	RawConnection discoverRaw(ServiceName service);

	/**
	 * Opens a raw connection to a service at a known address, without a search. One
	 * attempt is made.
	 * @param endpoint the address
	 * @param service the service at that address
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ConnectionRefusedException if the address cannot be
	 * reached, or the service is not published there or accepts no raw connections
	 */
	RawConnection connectRaw(Endpoint endpoint, ServiceName service);

}
