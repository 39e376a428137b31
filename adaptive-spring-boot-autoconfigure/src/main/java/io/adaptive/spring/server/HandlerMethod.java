package io.adaptive.spring.server;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.adaptive.handler.ContextHandler;
import io.adaptive.handler.Handler;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.MessageType;
import io.adaptive.server.Service;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.message.DeclaredMessageType;
import io.adaptive.spring.message.MessageCheck;
import io.adaptive.spring.server.Argument.InvocationContext;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * A method of a bean that handles a message.
 * 
 * @param method the method
 * @param messageType the type of its message
 * @param arguments the sources of its arguments
 * @param options the options of the handler
 * @param constraints the constraints on its arguments
 */
record HandlerMethod(BeanMethod method, MessageType<?> messageType, Arguments arguments, HandlerOptions options,
		ArgumentConstraints constraints) {

	private static final String NAMES = "one message (a record, another concrete class, a sealed type, or a collection or array of them), ContextStream, "
			+ "StreamContext, ConnectionInfo, Deadline, and what an @OnStreamOpen method of the service returns";

	static HandlerMethod of(BeanMethod method, @Nullable Class<?> streamObject,
			ArgumentConstraints.Reader constraints) {
		MessageType<?> messageType = null;
		List<Argument> sources = new ArrayList<>();
		for (int i = 0; i < method.method().getParameterCount(); i++) {
			MethodParameter parameter = method.parameter(i);
			Argument source = Arguments.known(parameter, streamObject);
			if (source == null) {
				messageType = messageType(method, parameter, messageType);
			}
			else if (source == Argument.SUBJECT) {
				throw Arguments.unknown(method, parameter, NAMES);
			}
			sources.add((source != null) ? source : Argument.SUBJECT);
		}
		if (messageType == null) {
			throw method.invalid("takes no message", "Add the message it handles as a parameter");
		}
		return new HandlerMethod(method, messageType, new Arguments(sources).checked(method, NAMES), options(method),
				constraints.read(method));
	}

	private static MessageType<?> messageType(BeanMethod method, MethodParameter parameter,
			@Nullable MessageType<?> other) {
		ResolvableType declared = ResolvableType.forMethodParameter(parameter);
		if (!DeclaredMessageType.isMessage(declared)) {
			throw Arguments.unknown(method, parameter, NAMES);
		}
		MessageType<?> type = DeclaredMessageType.of(declared);
		if (other != null) {
			throw method.invalid("takes two messages, %s and %s, but is called with one".formatted(other, type),
					"Give each message a method of its own, or make one record of both. If %s is to be the object of the "
						.formatted(type.javaType().getSimpleName()) + "stream, let an @OnStreamOpen method return it");
		}
		return type;
	}

	/**
	 * Returns the type of the reply of a handler, which may be asynchronous or optional.
	 */
	static ResolvableType replyType(Method method, Class<?> userClass) {
		ResolvableType reply = ResolvableType.forMethodReturnType(method, userClass);
		for (Class<?> later : List.of(Publisher.class, CompletionStage.class)) {
			if (later.isAssignableFrom(reply.toClass())) {
				reply = reply.as(later).getGeneric();
			}
		}
		if (reply.toClass() == Optional.class) {
			reply = reply.getGeneric();
		}
		return reply;
	}

	/**
	 * Checks that the message and the reply of the handler can be encoded.
	 */
	void checkEncodable(MessageCheck messages) {
		ResolvableType reply = replyType(this.method.method(), this.method.bean().type());
		Stream<MessageType<?>> replies = DeclaredMessageType.isMessage(reply) ? Stream.of(DeclaredMessageType.of(reply))
				: Stream.empty();
		Stream.concat(Stream.of(this.messageType), replies)
			.map(messages::obstacle)
			.flatMap(Optional::stream)
			.findFirst()
			.ifPresent((obstacle) -> {
				throw this.method.invalid("has a message that cannot be encoded: " + obstacle,
						MessageCheck.ACTION
								+ " Messages that stay within the program may hold anything: its service is "
								+ "published with scopes = Scope.PROCESS");
			});
	}

	private static HandlerOptions options(BeanMethod method) {
		MessageHandler annotation = Objects
			.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(method.method(), MessageHandler.class));
		if (annotation.nonBlocking() && annotation.interruptible()) {
			throw method.invalid("is both nonBlocking and interruptible, but runs on a thread that belongs to others",
					"Remove one of the two attributes of @MessageHandler");
		}
		return new HandlerOptions(annotation.priority(), annotation.nonBlocking(), annotation.interruptible());
	}

	/**
	 * Returns a service with this handler added.
	 * @param service the service to add it to
	 * @return the changed copy
	 */
	Service addTo(Service service) {
		Service changed;
		if (this.arguments.sources().contains(Argument.STREAM)) {
			changed = service.handle(this.messageType, (Handler<Object>) (message,
					stream) -> invoke(new InvocationContext(stream.info(), stream.context(), stream, message)));
		}
		else {
			changed = service.handleInContext(this.messageType, (ContextHandler<Object>) (message,
					context) -> invoke(new InvocationContext(context.connection(), context, null, message)));
		}
		return changed.options(this.messageType, this.options);
	}

	private @Nullable Object invoke(InvocationContext occasion) throws Exception {
		@Nullable Object[] values = this.arguments.of(occasion);
		this.constraints.check(values);
		return this.method.invoke(values);
	}

	@Override
	public String toString() {
		return this.method.toString();
	}

}
