package io.adaptive.spring.client;

import java.lang.reflect.Member;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.spring.Discover;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.stream.CallSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;

/**
 * A {@link Discover} annotation and its place.
 * 
 * @param discover the annotation
 * @param place the place, as text for errors
 */
record Declaration(Discover discover, String place) {

	static Declaration of(Discover discover, InjectionPoint injectionPoint) {
		Member member = injectionPoint.getMember();
		MethodParameter parameter = injectionPoint.getMethodParameter();
		String place = (parameter != null)
				? "parameter %s of %s".formatted(parameter.getParameterIndex(),
						(parameter.getMethod() != null) ? "method " + member.getName() : "the constructor")
				: "field " + member.getName();
		return new Declaration(discover, place + " in " + member.getDeclaringClass().getName());
	}

	/**
	 * Returns the resolved settings.
	 * @param overrides the configured settings, by id
	 * @param placeholders resolves placeholders in texts
	 */
	ClientSettings settings(Function<String, ClientOverride> overrides, Function<String, String> placeholders) {
		Resolved text = new Resolved(this, placeholders);
		ServicePattern service = service(text);
		String id = text.of("id", this.discover.id());
		ClientOverride override = overrides.apply(id.isEmpty() ? service.name() : id);
		boolean eager = (override.eager() != null) ? override.eager() : this.discover.eager();
		ClientSettings.Start start = this.discover.required() ? ClientSettings.Start.AWAITED
				: ClientSettings.Start.EAGER;
		return new ClientSettings(service,
				(override.providers() != null) ? Set.copyOf(override.providers()) : providers(text),
				Set.copyOf((override.scopes() != null) ? override.scopes() : Set.<Scope>of(this.discover.scopes())),
				(override.selection() != null) ? override.selection() : text.of("selection", this.discover.selection()),
				(override.discoverTimeout() != null) ? override.discoverTimeout()
						: text.duration("discoverTimeout", this.discover.discoverTimeout()),
				calls(text, override), override.copyInProcess(), eager ? start : ClientSettings.Start.LAZY);
	}

	private CallSettings calls(Resolved text, ClientOverride override) {
		return new CallSettings(
				(override.timeout() != null) ? override.timeout() : text.duration("timeout", this.discover.timeout()),
				override.priority(), Boolean.TRUE.equals(override.idempotent()), false, false);
	}

	private ServicePattern service(Resolved text) {
		String publisher = text.of("publisher", this.discover.publisher());
		String name = text.of("name", this.discover.name());
		try {
			if ((publisher + name).indexOf('*') >= 0) {
				return new ServicePattern(publisher, name);
			}
			return ServicePattern.of(new ServiceName(publisher, name));
		}
		catch (IllegalArgumentException ex) {
			throw invalid("names no valid service: " + ex.getMessage(),
					"Write the publisher and the name as the service's @AdaptiveService has them", ex);
		}
	}

	private Set<ProviderId> providers(Resolved text) {
		return Arrays.stream(this.discover.providers())
			.flatMap((provider) -> StringUtils.commaDelimitedListToSet(text.of("providers", provider)).stream())
			.map((provider) -> provider(provider.strip()))
			.collect(Collectors.toUnmodifiableSet());
	}

	private ProviderId provider(String provider) {
		try {
			return new ProviderId(provider);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("names no valid provider: " + ex.getMessage(),
					"Write the provider id as adaptive.provider-id of that machine has it", ex);
		}
	}

	InvalidDeclarationException invalid(String problem, String action) {
		return invalid(problem, action, null);
	}

	InvalidDeclarationException invalid(String problem, String action, @Nullable Throwable cause) {
		return new InvalidDeclarationException("@Discover on %s %s".formatted(this.place, problem), action, cause);
	}

	/**
	 * Returns a description of the annotation.
	 */
	@Override
	public String toString() {
		String id = this.discover.id();
		return "@Discover%s on %s".formatted(id.isEmpty() ? "" : "(id = \"%s\")".formatted(id), this.place);
	}

	/**
	 * The texts of an annotation, with placeholders resolved.
	 */
	private record Resolved(Declaration declaration, Function<String, String> placeholders) {

		String of(String attribute, String text) {
			try {
				return this.placeholders.apply(text);
			}
			catch (IllegalArgumentException ex) {
				throw this.declaration.invalid(
						"has a placeholder in %s that cannot be resolved: %s".formatted(attribute, ex.getMessage()),
						"Set the property, or give the placeholder a default: ${name:default}", ex);
			}
		}

		@Nullable Duration duration(String attribute, String text) {
			String resolved = of(attribute, text);
			return resolved.isEmpty() ? null : Durations.parse(resolved, (problem) -> this.declaration
				.invalid("has a %s that is %s".formatted(attribute, problem), Durations.ACTION));
		}

	}

}
