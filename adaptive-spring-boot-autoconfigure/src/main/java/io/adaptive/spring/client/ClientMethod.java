package io.adaptive.spring.client;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.adaptive.message.MessageType;
import io.adaptive.message.Priority;
import io.adaptive.spring.CallOptions;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.OneWay;
import io.adaptive.spring.message.DeclaredMessageType;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * A method of a client interface: one call.
 *
 * @param messageType the type of the message
 * @param replyType the accepted reply type, {@code Void} for none
 * @param form the form in which it returns the reply
 * @param settings the settings of its calls
 */
record ClientMethod(MessageType<?> messageType, MessageType<?> replyType, CallForm form, CallSettings settings) {

	private static final MessageType<Void> NOTHING = MessageType.of(Void.class);

	/**
	 * Reads a method.
	 * @param client the interface, which may have inherited it
	 * @param defaults the default call settings
	 * @param placeholders resolves placeholders in texts
	 * @throws InvalidDeclarationException if the method is invalid
	 */
	static ClientMethod of(Class<?> client, Method method, CallSettings defaults, UnaryOperator<String> placeholders) {
		Place place = new Place(client, method);
		MessageType<?> messageType = messageType(place);
		ResolvableType returned = ResolvableType.forMethodReturnType(method, client);
		CallForm form = CallForm.of(returned.toClass());
		MessageType<?> replyType = replyType(place, form.hasContent() ? returned.getGeneric() : returned);
		if (place.annotations().isPresent(OneWay.class)) {
			form = oneWay(place, form, replyType);
		}
		else if (replyType == NOTHING && !form.mayBeEmpty()) {
			throw place.invalid("returns %s without a reply".formatted(returned),
					"Name the reply, or let it return void, Mono<Void> or CompletableFuture<Void>");
		}
		return new ClientMethod(messageType, replyType, form, settings(place, form, placeholders).orElse(defaults));
	}

	private static MessageType<?> messageType(Place place) {
		if (place.method.getParameterCount() != 1) {
			throw place.invalid("takes %s messages instead of one".formatted(place.method.getParameterCount()),
					"Let it take one message, as the handler of the service does; put several values into a record");
		}
		ResolvableType type = ResolvableType.forMethodParameter(place.method, 0, place.client);
		if (!DeclaredMessageType.isMessage(type)) {
			throw place.invalid("takes a parameter that is no message: " + type.toClass().getName(),
					"Let it take a record, another concrete class, a sealed type, or a collection or array of them");
		}
		return DeclaredMessageType.of(type);
	}

	private static MessageType<?> replyType(Place place, ResolvableType type) {
		Class<?> reply = type.toClass();
		if (reply == void.class || reply == Void.class) {
			return NOTHING;
		}
		if (!DeclaredMessageType.isMessage(type)) {
			throw place.invalid("returns a type that cannot be a reply: " + place.returned(),
					"Let it return a record, another concrete class, a sealed type, or a collection or array of them, or "
							+ "Mono, Flux, Optional, CompletableFuture or CompletionStage of one, or void");
		}
		return DeclaredMessageType.of(type);
	}

	private static CallForm oneWay(Place place, CallForm form, MessageType<?> replyType) {
		if (replyType != NOTHING || !form.mayBeEmpty()) {
			throw place.invalid("is @OneWay but returns %s, for which there is no reply".formatted(place.returned()),
					"Let it return void, Mono<Void> or CompletableFuture<Void>, or remove @OneWay");
		}
		return form.oneWay();
	}

	private static CallSettings settings(Place place, CallForm form, UnaryOperator<String> placeholders) {
		CallSettings settings = form.acceptsEmptyReply() ? CallSettings.DEFAULT.allowEmpty() : CallSettings.DEFAULT;
		MergedAnnotation<CallOptions> options = place.annotations().get(CallOptions.class);
		if (!options.isPresent()) {
			return settings;
		}
		String timeout = place.resolve(options.getString("timeout"), placeholders);
		if (!timeout.isEmpty()) {
			settings = settings.timeout(Durations.parse(timeout,
					(problem) -> place.invalid("has a timeout that is " + problem, Durations.ACTION)));
		}
		Priority priority = options.getEnum("priority", Priority.class);
		if (priority != Priority.NORMAL) {
			settings = settings.priority(priority);
		}
		return options.getBoolean("idempotent") ? settings.asIdempotent() : settings;
	}

	@Nullable Object call(Connection connection, Object message) {
		return this.form.call(connection, message, this.replyType, this.settings);
	}

	/**
	 * The place of a method, for errors.
	 */
	private record Place(Class<?> client, Method method) {

		MergedAnnotations annotations() {
			return MergedAnnotations.from(this.method, SearchStrategy.TYPE_HIERARCHY);
		}

		String resolve(String text, UnaryOperator<String> placeholders) {
			try {
				return placeholders.apply(text);
			}
			catch (IllegalArgumentException ex) {
				throw invalid("has a placeholder that cannot be resolved: " + ex.getMessage(),
						"Set the property, or give the placeholder a default: ${name:default}");
			}
		}

		ResolvableType returned() {
			return ResolvableType.forMethodReturnType(this.method, this.client);
		}

		InvalidDeclarationException invalid(String problem, String action) {
			String parameters = Arrays.stream(this.method.getParameterTypes())
				.map(Class::getSimpleName)
				.collect(Collectors.joining(", "));
			return new InvalidDeclarationException("Method %s(%s) of client interface %s %s"
				.formatted(this.method.getName(), parameters, this.client.getName(), problem), action);
		}

	}

}
