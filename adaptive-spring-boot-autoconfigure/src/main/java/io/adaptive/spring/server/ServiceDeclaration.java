package io.adaptive.spring.server;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.InvalidDeclarationException;

/**
 * The resolved attributes of an {@link AdaptiveService}.
 * 
 * @param name the name of the service
 * @param ordered whether the messages of a stream are handled one at a time
 * @param scopes the scopes of publication, empty for all
 */
record ServiceDeclaration(ServiceName name, boolean ordered, Set<Scope> scopes) {

	/**
	 * Reads the annotation of a bean.
	 * @param placeholders resolves the placeholders of a text
	 */
	static ServiceDeclaration of(String beanName, AdaptiveService annotation, UnaryOperator<String> placeholders) {
		try {
			ServiceName name = new ServiceName(placeholders.apply(annotation.publisher()),
					placeholders.apply(annotation.name()));
			Set<Scope> scopes = EnumSet.noneOf(Scope.class);
			scopes.addAll(Set.of(annotation.scopes()));
			return new ServiceDeclaration(name, annotation.ordered(), scopes);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidDeclarationException(
					"@AdaptiveService of bean '%s' names no valid service: %s".formatted(beanName, ex.getMessage()),
					"Correct the publisher or the name", ex);
		}
	}

	/**
	 * Returns the service, without handlers.
	 */
	Service newService() {
		Service service = Service.named(this.name);
		if (this.ordered) {
			service = service.ordered();
		}
		return this.scopes.isEmpty() ? service : service.scopes(this.scopes.toArray(Scope[]::new));
	}

	/**
	 * Returns whether messages of the service are encoded.
	 * @param available the scopes of the application
	 */
	boolean leavesTheProgram(Set<Scope> available) {
		return available.stream()
			.anyMatch((scope) -> scope != Scope.PROCESS && (this.scopes.isEmpty() || this.scopes.contains(scope)));
	}

	@Override
	public String toString() {
		return "ordered = %s, scopes = %s".formatted(this.ordered, this.scopes.isEmpty() ? "all" : this.scopes);
	}

}
