package io.adaptive.spring.client;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.Selection;
import io.adaptive.message.MessageType;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.spring.Discover;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.message.MessageCheck;
import io.adaptive.stream.Connection;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.core.ResolvableType;
import reactor.core.publisher.Flux;

/**
 * The objects injected for {@link Discover}, shared by injection points with the same
 * service and attributes. Thread-safe.
 */
public final class DiscoveredConnections implements AutoCloseable {

	private final AdaptiveClient client;

	private final Set<Scope> scopes;

	private final ConfigurableBeanFactory beanFactory;

	private final Function<String, ClientOverride> overrides;

	private final MessageCheck messages;

	private final Consumer<Class<?>> prepare;

	private final EagerDiscovery eager = new EagerDiscovery();

	private final Map<ClientSettings, SharedConnection> connections = new ConcurrentHashMap<>();

	private final Map<ClientSettings, InstanceConnections> instances = new ConcurrentHashMap<>();

	/**
	 * Creates an empty set of connections.
	 * @param client the client that discovers the services
	 * @param scopes the scopes of the client
	 * @param beanFactory resolves placeholders and contains the selections of the
	 * application
	 * @param overrides the configured settings of a client, by its id
	 * @param messages checks the messages of client interfaces that can leave the program
	 * @param prepare prepares the types of these messages in the background
	 */
	public DiscoveredConnections(AdaptiveClient client, Set<Scope> scopes, ConfigurableBeanFactory beanFactory,
			Function<String, ClientOverride> overrides, MessageCheck messages, Consumer<Class<?>> prepare) {
		this.prepare = prepare;
		this.client = client;
		this.messages = messages;
		this.scopes = Set.copyOf(scopes);
		this.beanFactory = beanFactory;
		this.overrides = overrides;
	}

	/**
	 * Returns the object for an injection point, without waiting for the service.
	 * @throws InvalidDeclarationException if the annotation is invalid
	 */
	Object get(Discover discover, DependencyDescriptor injectionPoint) {
		Declaration declaration = Declaration.of(discover, injectionPoint);
		ClientSettings settings = settings(declaration);
		Class<?> type = injectionPoint.getResolvableType().toClass();
		if (type == Connection.class) {
			return connection(declaration, settings);
		}
		if (isOfConnections(injectionPoint.getResolvableType(), List.class)) {
			return instances(declaration, settings).list();
		}
		if (isOfConnections(injectionPoint.getResolvableType(), Flux.class)) {
			return instances(declaration, settings).flux();
		}
		if (!isClient(type)) {
			throw declaration.invalid(
					"cannot be of type " + injectionPoint.getResolvableType().toString().replace("? extends ", ""),
					"Use Connection, List<Connection>, Flux<Connection>, an interface whose methods are the calls, or "
							+ "an Optional of these");
		}
		return newClient(type, declaration, settings);
	}

	/**
	 * Returns whether a type that is injected is a client interface.
	 */
	static boolean isClient(Class<?> type) {
		return type.isInterface() && !type.getName().startsWith("java.") && type != Connection.class
				&& type != ObjectProvider.class;
	}

	private static boolean isOfConnections(ResolvableType type, Class<?> container) {
		return type.resolve() == container && type.getGeneric().resolve() == Connection.class;
	}

	/**
	 * Returns a client of the service named by its interface.
	 * @param type the interface
	 * @throws InvalidDeclarationException if the interface is invalid
	 */
	<T> T client(Class<T> type) {
		Declaration declaration = ClientInterface.declaration(type);
		return newClient(type, declaration, settings(declaration));
	}

	private <T> T newClient(Class<T> type, Declaration declaration, ClientSettings settings) {
		Connection connection = connection(declaration, settings);
		ClientInterface methods = ClientInterface.of(type, settings.calls(), this::resolve);
		if (leavesTheProgram(settings.scopes())) {
			checkEncodable(methods);
			messageTypes(methods).map(MessageType::javaType).distinct().forEach(this.prepare);
		}
		return type.cast(new ClientProxy(methods, settings.service(), connection).newInstance());
	}

	private boolean leavesTheProgram(Set<Scope> wanted) {
		return this.scopes.stream()
			.anyMatch((scope) -> scope != Scope.PROCESS && (wanted.isEmpty() || wanted.contains(scope)));
	}

	private static Stream<MessageType<?>> messageTypes(ClientInterface client) {
		return client.methods().values().stream().flatMap(DiscoveredConnections::messageTypes);
	}

	private static Stream<MessageType<?>> messageTypes(ClientMethod call) {
		return Stream.<MessageType<?>>of(call.messageType(), call.replyType())
			.filter((type) -> type.javaType() != Void.class);
	}

	/**
	 * Checks that the messages and replies of a client can be encoded.
	 */
	private void checkEncodable(ClientInterface client) {
		client.methods()
			.forEach((method, call) -> messageTypes(call).map(this.messages::obstacle)
				.flatMap(Optional::stream)
				.findFirst()
				.ifPresent((obstacle) -> {
					throw new InvalidDeclarationException(
							"Method %s of client interface %s has a message that cannot be encoded: %s"
								.formatted(method.getName(), client.type().getName(), obstacle),
							MessageCheck.ACTION
									+ " Messages that stay within the program may hold anything: its client has "
									+ "scopes = Scope.PROCESS");
				}));
	}

	private ClientSettings settings(Declaration declaration) {
		return declaration.settings(this.overrides, this::resolve);
	}

	private String resolve(String text) {
		String resolved = this.beanFactory.resolveEmbeddedValue(text);
		return (resolved != null) ? resolved : "";
	}

	private SharedConnection connection(Declaration declaration, ClientSettings settings) {
		if (!settings.service().isExact()) {
			throw declaration.invalid(
					"wants one service, but names no valid service: %s contains '*'".formatted(settings.service()),
					"Write the publisher and the name as the service's @AdaptiveService has them, or inject "
							+ "List<Connection> or Flux<Connection>");
		}
		SharedConnection known = this.connections.get(settings);
		if (known != null) {
			return known;
		}
		AdaptiveClient configured = configured(declaration, settings);
		return this.connections.computeIfAbsent(settings, (key) -> {
			EagerDiscovery.Search search = this.eager.newSearch(key);
			Connection connection = configured.lazy(key.serviceName(), search);
			search.whenStarted(connection::info);
			return new SharedConnection(connection, key.service());
		});
	}

	private InstanceConnections instances(Declaration declaration, ClientSettings settings) {
		InstanceConnections known = this.instances.get(settings);
		if (known != null) {
			return known;
		}
		AdaptiveClient configured = configured(declaration, settings);
		return this.instances.computeIfAbsent(settings, (key) -> {
			InstanceConnections found = new InstanceConnections(configured, key.service());
			this.eager.newSearch(key).isOverWhen(found::hasFound);
			return found;
		});
	}

	private void checkScopes(Declaration declaration, ClientSettings settings) {
		if (!settings.scopes().isEmpty() && Collections.disjoint(settings.scopes(), this.scopes)) {
			throw declaration.invalid(
					"looks in scopes %s, of which this application has none: it has %s"
						.formatted(new TreeSet<>(settings.scopes()), new TreeSet<>(this.scopes)),
					"Add one of them to adaptive.scopes, or to its @Discover or adaptive.clients.<id>.scopes one that the "
							+ "application has");
		}
	}

	/**
	 * Called without a lock on a map, because it may create a selection bean that itself
	 * needs connections.
	 */
	private AdaptiveClient configured(Declaration declaration, ClientSettings settings) {
		checkScopes(declaration, settings);
		AdaptiveClient configured = this.client.providers(settings.providers().toArray(ProviderId[]::new))
			.scopes(settings.scopes().toArray(Scope[]::new))
			.calls(settings.calls())
			.purpose(declaration.toString());
		if (settings.discoverTimeout() != null) {
			configured = configured.discoverTimeout(settings.discoverTimeout());
		}
		if (settings.copyInProcess() != null) {
			configured = configured.copyInProcess(settings.copyInProcess());
		}
		if (settings.selection().isEmpty()) {
			return configured;
		}
		Selection selection = Selections.named(settings.selection(), this.beanFactory);
		if (selection == null) {
			throw declaration.invalid("has a selection that is not known: \"%s\"".formatted(settings.selection()),
					Selections.ACTION);
		}
		return configured.selection(selection);
	}

	/**
	 * Starts eager discovery.
	 */
	public void start() {
		this.eager.start();
	}

	/**
	 * Returns the services that have not been found and without which the application is
	 * not ready.
	 * @return descriptions of the services
	 */
	public List<String> awaited() {
		return this.eager.awaited();
	}

	@Override
	public void close() {
		this.eager.close();
		this.connections.values().forEach(SharedConnection::closeForAll);
		this.instances.values().forEach(InstanceConnections::close);
	}

}
