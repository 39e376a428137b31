package io.adaptive.spring.client;

import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.InvalidDeclarationException;
import java.lang.reflect.Member;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.Connection;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.core.MethodParameter;

/**
 * The connections behind {@link Discover}, one for each service named. Safe for use by
 * many threads.
 */
public final class DiscoveredConnections implements AutoCloseable {

	/** The bean that {@link Discover} asks for, whatever the service. */
	public static final String BEAN_NAME = "adaptiveConnection";

	private final AdaptiveClient client;

	private final Map<ServiceName, Connection> connections = new ConcurrentHashMap<>();

	/**
	 * Makes an empty set of connections.
	 * @param client who discovers the services
	 */
	public DiscoveredConnections(AdaptiveClient client) {
		this.client = client;
	}

	/**
	 * Returns the connection that an injection point asks for, without waiting for it.
	 * @param injectionPoint a field or parameter with {@link Discover}
	 * @return the connection, shared by all who name the same service
	 * @throws InvalidDeclarationException if the annotation is missing or names no valid
	 * service
	 */
	public Connection get(InjectionPoint injectionPoint) {
		Discover discover = injectionPoint.getAnnotation(Discover.class);
		if (discover == null) {
			throw new InvalidDeclarationException(
					"%s is to get a connection but does not say to which service".formatted(describe(injectionPoint)),
					"Add @Discover(publisher = \"...\", name = \"...\")");
		}
		return this.connections.computeIfAbsent(serviceName(discover, injectionPoint), this.client::lazy);
	}

	@Override
	public void close() {
		this.connections.values().forEach(Connection::close);
	}

	private static ServiceName serviceName(Discover discover, InjectionPoint injectionPoint) {
		try {
			return new ServiceName(discover.publisher(), discover.name());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidDeclarationException(
					"@Discover on %s names no valid service: %s".formatted(describe(injectionPoint), ex.getMessage()),
					"Write the publisher and the name as the service's @AdaptiveService has them", ex);
		}
	}

	private static String describe(InjectionPoint injectionPoint) {
		Member member = injectionPoint.getMember();
		MethodParameter parameter = injectionPoint.getMethodParameter();
		String place = (parameter != null)
				? "parameter %d of %s".formatted(parameter.getParameterIndex(),
						(parameter.getMethod() != null) ? "method " + member.getName() : "the constructor")
				: "field " + member.getName();
		return place + " in " + member.getDeclaringClass().getName();
	}

}
