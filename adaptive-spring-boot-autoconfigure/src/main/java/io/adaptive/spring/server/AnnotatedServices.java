package io.adaptive.spring.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.message.MessageCheck;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * Reads the services that beans declare with {@link AdaptiveService}. Handlers are found
 * on the user class and called through the bean, so that transactions, security and other
 * advice apply.
 */
public final class AnnotatedServices {

	private final ListableBeanFactory beanFactory;

	private final ServiceDeclarations declarations;

	private final MessageCheck messages;

	/**
	 * Creates a reader of the services of a bean factory, with the codec {@code fory} and
	 * without registered types.
	 * @param beanFactory the bean factory, whose ancestors are left out
	 */
	public AnnotatedServices(ListableBeanFactory beanFactory) {
		this(beanFactory, new MessageCheck("fory", Set.of()));
	}

	/**
	 * Creates a reader of the services of a bean factory.
	 * @param beanFactory the bean factory, whose ancestors are left out
	 * @param messages checks the messages of services that are visible to other programs
	 */
	public AnnotatedServices(ListableBeanFactory beanFactory, MessageCheck messages) {
		this.beanFactory = beanFactory;
		this.messages = messages;
		this.declarations = new ServiceDeclarations(beanFactory);
	}

	/**
	 * Reads all services. Creates their beans if needed.
	 * @param scopes the scopes of the application
	 * @return the services, in the order their beans were defined
	 * @throws InvalidDeclarationException if a declaration is invalid
	 */
	public List<Service> read(Set<Scope> scopes) {
		Map<ServiceName, List<ServiceBean>> beansOfServices = new LinkedHashMap<>();
		Map<String, ServiceDeclaration> declarations = this.declarations.read();
		new StrayHandlers(this.beanFactory).refuse(declarations.keySet());
		declarations.forEach((beanName, declaration) -> {
			ServiceBean bean = new ServiceBean(beanName, singleton(beanName), declaration);
			beansOfServices.computeIfAbsent(declaration.name(), (name) -> new ArrayList<>()).add(bean);
		});
		ArgumentConstraints.Reader constraints = ArgumentConstraints.of(this.beanFactory);
		return beansOfServices.values().stream().map((beans) -> service(beans, constraints, scopes)).toList();
	}

	/**
	 * Returns the beans that declare a service, without creating them.
	 * @param service the service
	 * @return the names of the beans
	 */
	public List<String> beansOf(ServiceName service) {
		List<String> beanNames = new ArrayList<>();
		this.declarations.read().forEach((beanName, declaration) -> {
			if (declaration.name().equals(service)) {
				beanNames.add(beanName);
			}
		});
		return beanNames;
	}

	private Object singleton(String beanName) {
		if (!this.declarations.isCallable(beanName)) {
			throw new InvalidDeclarationException(
					"Bean '%s' is an @AdaptiveService but not a singleton, so there is no one bean to call".formatted(
							beanName),
					"Remove its scope; let it look up what belongs to the request or session");
		}
		return this.beanFactory.getBean(beanName);
	}

	private Service service(List<ServiceBean> beans, ArgumentConstraints.Reader constraints, Set<Scope> scopes) {
		ServiceDeclaration declaration = agreed(beans);
		beans.sort((one, other) -> AnnotationAwareOrderComparator.INSTANCE.compare(one.bean(), other.bean()));
		HookMethods hooks = new HookMethods(beans);
		List<HandlerMethod> handlers = beans.stream()
			.flatMap((bean) -> bean.methods(MessageHandler.class).stream())
			.map((method) -> HandlerMethod.of(method, hooks.streamObject(), constraints))
			.toList();
		RawConnectionMethod raw = RawConnectionMethod.of(beans);
		if (!raw.isPresent()) {
			checkHandled(beans, handlers);
		}
		checkOneHandlerOfEach(declaration.name(), handlers);
		if (declaration.leavesTheProgram(scopes)) {
			handlers.forEach((handler) -> handler.checkEncodable(this.messages));
		}
		Service service = raw.addTo(hooks.addTo(declaration.newService()));
		for (HandlerMethod handler : handlers) {
			service = handler.addTo(service);
		}
		return service;
	}

	private static ServiceDeclaration agreed(List<ServiceBean> beans) {
		ServiceBean first = beans.get(0);
		for (ServiceBean other : beans) {
			if (!other.declaration().equals(first.declaration())) {
				throw new InvalidDeclarationException(
						"Beans '%s' and '%s' publish service %s together but do not agree: %s and %s".formatted(
								first.name(), other.name(), first.declaration().name(), first.declaration(),
								other.declaration()),
						"Say the same in both @AdaptiveService, or give one of them a service name of its own");
			}
		}
		return first.declaration();
	}

	private static void checkHandled(List<ServiceBean> beans, List<HandlerMethod> handlers) {
		if (handlers.isEmpty()) {
			ServiceBean bean = beans.get(0);
			throw new InvalidDeclarationException("Bean '%s' (%s) is an @AdaptiveService without a handler".formatted(
					bean.name(), bean.type().getName()), "Put @MessageHandler on the methods that take its messages");
		}
	}

	private static void checkOneHandlerOfEach(ServiceName service, List<HandlerMethod> handlers) {
		Map<String, HandlerMethod> handlerOfMessage = new HashMap<>();
		for (HandlerMethod handler : handlers) {
			for (String message : handler.messageType().memberNames()) {
				HandlerMethod other = handlerOfMessage.put(message, handler);
				if (other != null) {
					throw new InvalidDeclarationException(
							"Service %s has two handlers for message %s: %s and %s".formatted(service, message, other,
									handler),
							"Keep one of them, give each a message type of its own, or give one of the beans a service "
									+ "name of its own");
				}
			}
		}
	}

}
