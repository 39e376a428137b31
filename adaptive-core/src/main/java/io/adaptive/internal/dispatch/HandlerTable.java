package io.adaptive.internal.dispatch;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.adaptive.handler.ContextHandler;
import io.adaptive.handler.HandledMessage;
import io.adaptive.handler.Handler;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of a service by message name on the wire. Immutable.
 */
public final class HandlerTable {

	/** The table without handlers. */
	public static final HandlerTable EMPTY = new HandlerTable(Map.of());

	private final Map<String, KnownMessage<?>> messages;

	private HandlerTable(Map<String, KnownMessage<?>> messages) {
		this.messages = messages;
	}

	/**
	 * Returns this table with a handler that only replies.
	 * @param <M> the message type
	 * @param type the message type, concrete or sealed
	 * @param handler gives the reply
	 * @return the table with the handler
	 * @throws IllegalArgumentException if a message of that name already has a handler,
	 * or if the type is neither concrete nor sealed
	 */
	public <M> HandlerTable with(MessageType<M> type, ReplyHandler<? super M> handler) {
		return add(type, (member) -> new KnownMessage.Replying<>(member, handler, HandlerOptions.DEFAULT));
	}

	/**
	 * Returns this table with a handler that replies and receives the stream's context.
	 * @param <M> the message type
	 * @param type the message type, concrete or sealed
	 * @param handler gives the reply
	 * @return the table with the handler
	 * @throws IllegalArgumentException if a message of that name already has a handler,
	 * or if the type is neither concrete nor sealed
	 */
	public <M> HandlerTable withInformed(MessageType<M> type, ContextHandler<? super M> handler) {
		return add(type, (member) -> new KnownMessage.Informed<>(member, handler, HandlerOptions.DEFAULT));
	}

	/**
	 * Returns this table with a handler that receives the stream.
	 * @param <M> the message type
	 * @param type the message type, concrete or sealed
	 * @param handler handles the message
	 * @return the table with the handler
	 * @throws IllegalArgumentException if a message of that name already has a handler,
	 * or if the type is neither concrete nor sealed
	 */
	public <M> HandlerTable with(MessageType<M> type, Handler<? super M> handler) {
		return add(type, (member) -> new KnownMessage.Conversing<>(member, handler, HandlerOptions.DEFAULT));
	}

	private <M> HandlerTable add(MessageType<M> type, Function<MessageType<? extends M>, KnownMessage<?>> known) {
		Collection<String> members = type.memberNames();
		if (members.isEmpty()) {
			throw new IllegalArgumentException("%s is neither a concrete nor a sealed type, so no message can be of it"
				.formatted(type.genericType().getTypeName()));
		}
		Map<String, KnownMessage<?>> changed = new LinkedHashMap<>(this.messages);
		for (String name : members) {
			MessageType<? extends M> member = Objects.requireNonNull(type.memberType(name));
			if (changed.putIfAbsent(name, known.apply(member)) != null) {
				throw new IllegalArgumentException("Message %s has two handlers in one service".formatted(name));
			}
		}
		return new HandlerTable(Collections.unmodifiableMap(changed));
	}

	/**
	 * Returns this table with other options for the messages of a type.
	 * @param type a message type with a handler, concrete or sealed
	 * @param options the new options
	 * @return the changed table
	 * @throws IllegalArgumentException if a concrete type of it has no handler
	 */
	public HandlerTable with(MessageType<?> type, HandlerOptions options) {
		Map<String, KnownMessage<?>> changed = new LinkedHashMap<>(this.messages);
		for (String name : type.memberNames()) {
			if (changed.computeIfPresent(name, (key, known) -> known.with(options)) == null) {
				throw new IllegalArgumentException("Message %s has no handler to give options to".formatted(name));
			}
		}
		return new HandlerTable(Collections.unmodifiableMap(changed));
	}

	/**
	 * Returns the types of the known messages.
	 * @return the concrete types
	 */
	public Collection<Class<?>> messageTypes() {
		return this.messages.values().stream().<Class<?>>map((known) -> known.type().javaType()).toList();
	}

	/**
	 * Returns the known messages and their options.
	 * @return the messages, in the order in which their handlers were added
	 */
	public List<HandledMessage> handled() {
		return this.messages.entrySet()
			.stream()
			.map((each) -> new HandledMessage(each.getKey(), each.getValue().type().javaType(),
					each.getValue().options()))
			.toList();
	}

	@Nullable KnownMessage<?> find(String messageName) {
		return this.messages.get(messageName);
	}

}
