package io.adaptive.client;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.adaptive.internal.client.DiscoveringClient;
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
 * Discovers services. Made by {@code AdaptiveNode.newClient()}. Immutable and safe for
 * use by many threads.
 */
public interface AdaptiveClient {

	/**
	 * Limits how long to wait for a service. Without a limit a client waits for ever, so
	 * that it may be started before the server.
	 * @param timeout the limit, zero for not at all; a hundred years or more are no limit
	 * @return the changed copy
	 * @throws IllegalArgumentException if it is negative
	 */
	AdaptiveClient discoverTimeout(Duration timeout);

	/**
	 * Checks how long to wait for a service.
	 * @param timeout the time that is to be set
	 * @return the same time
	 * @throws IllegalArgumentException if it is negative
	 */
	static Duration checkDiscoverTimeout(Duration timeout) {
		return DiscoveringClient.checkTimeout(timeout);
	}

	/**
	 * Looks only at services on some machines.
	 * @param providers the ids of the machines, with {@code *} for any characters; none
	 * for any machine
	 * @return the changed copy
	 */
	AdaptiveClient providers(ProviderId... providers);

	/**
	 * Looks only in some of the scopes that the node searches.
	 * @param scopes the scopes, none for all
	 * @return the changed copy
	 */
	AdaptiveClient scopes(Scope... scopes);

	/**
	 * Sets how the calls of connections that discover by themselves are treated, unless a
	 * call says otherwise. A timeout here covers waiting for the service and sending
	 * again, too.
	 * @param calls the settings, by default {@link CallSettings#DEFAULT}
	 * @return the changed copy
	 * @see #lazy(ServiceName)
	 */
	AdaptiveClient calls(CallSettings calls);

	/**
	 * Sets how to choose where several instances are equally near.
	 * @param selection the selection, by default {@link Selection#random()}
	 * @return the changed copy
	 */
	AdaptiveClient selection(Selection selection);

	/**
	 * Sets whether the messages of connections in PROCESS scope are copied, in both
	 * directions, so that a receiver may change what it got. Elsewhere they are always.
	 * @param copy whether they are; by default the nodes at both ends decide, of which
	 * each can ask for copies
	 * @return the changed copy
	 */
	AdaptiveClient copyInProcess(boolean copy);

	/**
	 * Says for whom the services are, for those who look at what the node waits for.
	 * @param purpose a name, such as that of the part of the program
	 * @return the changed copy
	 */
	AdaptiveClient purpose(String purpose);

	/**
	 * Waits for a service and connects to it.
	 * @param publisher the publisher
	 * @param name the service's name
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if it did not appear in time
	 * @throws io.adaptive.message.ConnectionRefusedException if an instance is there that
	 * this program cannot talk to
	 */
	Connection discover(String publisher, String name);

	/**
	 * Waits for a service and connects to one instance, in the nearest scope that has
	 * any.
	 * @param service the service
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if it did not appear in time
	 * @throws io.adaptive.message.ConnectionRefusedException if an instance is there that
	 * this program cannot talk to
	 */
	Connection discover(ServiceName service);

	/**
	 * Waits until at least one of several services or instances is there, and connects to
	 * all that are known then, each instance once, nearest first.
	 * @param pattern which services
	 * @return the connections, at least one, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if none appeared in time
	 */
	List<Connection> discoverAll(ServicePattern pattern);

	/**
	 * Returns what is known of services now, nearest first, without connecting to them.
	 * @param pattern which services
	 * @return their instances
	 */
	List<ServiceInstance> list(ServicePattern pattern);

	/**
	 * Watches services. Appearing and going are pushed, and told as soon as they are
	 * known.
	 * @param pattern which services
	 * @return the watch, to be closed by the caller
	 */
	ServiceWatch watch(ServicePattern pattern);

	/**
	 * Watches services.
	 * @param pattern which services
	 * @param listener gets one event after the other, on threads for callbacks
	 * @return ends the watch
	 */
	Watch watch(ServicePattern pattern, Consumer<ServiceEvent> listener);

	/**
	 * Watches services. No more is told than was requested, on threads for callbacks. A
	 * demand of 0 or less ends the subscription with {@link IllegalArgumentException}.
	 * @param pattern which services
	 * @return the changes; each subscription is a watch of its own, which ends when it is
	 * cancelled
	 */
	Flux<ServiceEvent> changes(ServicePattern pattern);

	/**
	 * Returns a connection that discovers the service when it is first used, and heals:
	 * when the instance it leads to goes, new calls and new streams go to another. Calls
	 * that were not processed are sent again, within a budget, and those of messages that
	 * are {@link io.adaptive.annotation.Idempotent} also if that is not known; others
	 * fail at once. Other streams that were open end with their cause. What handlers of
	 * messages that were sent one way return is not kept for {@link Connection#recv
	 * recv}, unless they were sent on a stream of their own.
	 * @param service the service
	 * @return the connection, to be closed by the caller
	 */
	Connection lazy(ServiceName service);

	/**
	 * Returns a connection that heals, and tells where it leads.
	 * @param service the service
	 * @param listener is told
	 * @return the connection, to be closed by the caller
	 * @see #lazy(ServiceName)
	 */
	Connection lazy(ServiceName service, ConnectionListener listener);

	/**
	 * Returns a connection to an instance that was found, and to no other. It connects
	 * when it is first used, and again when it was lost.
	 * @param instance the instance
	 * @param listener is told
	 * @return the connection, to be closed by the caller
	 */
	Connection lazy(ServiceInstance instance, ConnectionListener listener);

	/**
	 * Connects to a service whose address is known, without searching for it. Tries once,
	 * and does not wait for the service to appear.
	 * @param endpoint the address, such as {@code new Endpoint.Tcp("10.0.0.7", 7001)}
	 * @param service the service wanted there
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ConnectionRefusedException if nobody can be reached
	 * there, or the service is not published there
	 */
	Connection connect(Endpoint endpoint, ServiceName service);

	/**
	 * Connects to an instance that was found, and to no other. Tries once.
	 * @param instance the instance
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ConnectionRefusedException if it cannot be reached, or
	 * the service is not published there
	 */
	Connection connect(ServiceInstance instance);

	/**
	 * Waits for a service and opens a raw connection to one instance, in the nearest
	 * scope that has any. It carries nothing but bytes.
	 * @param service the service
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if it did not appear in time
	 * @throws io.adaptive.message.ConnectionRefusedException if an instance is there that
	 * takes no raw connections
	 */
	RawConnection discoverRaw(ServiceName service);

	/**
	 * Opens a raw connection to a service whose address is known, without searching for
	 * it. Tries once.
	 * @param endpoint the address
	 * @param service the service wanted there
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ConnectionRefusedException if nobody can be reached
	 * there, or the service is not published there or takes no raw connections
	 */
	RawConnection connectRaw(Endpoint endpoint, ServiceName service);

}
