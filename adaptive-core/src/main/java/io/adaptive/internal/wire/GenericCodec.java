package io.adaptive.internal.wire;

import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * A codec that carries messages of generic classes by their full type, such as
 * {@code Page<Item>}: by further codecs of the same kind, which register the classes of
 * the type arguments. All other messages go through the codec itself.
 */
final class GenericCodec implements PayloadCodec {

	/** Sets of classes that were sent, before all are prepared anew. */
	private static final int MAX_SENDERS = 64;

	private final PayloadCodec codec;

	private final RegisteredTypes registered;

	private final Function<RegisteredTypes, PayloadCodec> maker;

	private final Map<Set<Class<?>>, PayloadCodec> senders = new ConcurrentHashMap<>();

	/** By the type that a receiver declares; only those of this program. */
	private final Map<Type, PayloadCodec> receivers = new ConcurrentHashMap<>();

	/**
	 * Makes the codec.
	 * @param registered the types that are registered for all messages
	 * @param maker makes the codec for registered types
	 */
	GenericCodec(RegisteredTypes registered, Function<RegisteredTypes, PayloadCodec> maker) {
		this.registered = registered;
		this.maker = maker;
		this.codec = maker.apply(registered);
	}

	@Override
	public String name() {
		return this.codec.name();
	}

	@Override
	public <T> T encode(Object message, Use<T> use) {
		return senderOf(message).encode(message, use);
	}

	@Override
	public <T> T encode(Object container, Set<Class<?>> contents, Use<T> use) {
		PayloadCodec sender = GenericMessages.areIn(contents) ? senderOf(container) : this.codec;
		return sender.encode(container, contents, use);
	}

	private PayloadCodec senderOf(Object message) {
		Set<Class<?>> contents = GenericMessages.contentsOf(message);
		contents = unregistered(contents);
		if (contents.isEmpty()) {
			return this.codec;
		}
		PayloadCodec sender = this.senders.get(contents);
		if (sender != null) {
			return sender;
		}
		if (this.senders.size() >= MAX_SENDERS) {
			this.senders.clear();
		}
		try {
			return this.senders.computeIfAbsent(Set.copyOf(contents), this::with);
		}
		catch (IllegalArgumentException ex) {
			throw new MessageCodecException(Delivery.NOT_SENT, "Message %s cannot be encoded as %s: %s"
				.formatted(message.getClass().getTypeName(), name(), ex.getMessage()), ex);
		}
	}

	private Set<Class<?>> unregistered(Set<Class<?>> classes) {
		if (classes.isEmpty()) {
			return classes;
		}
		Set<Class<?>> unregistered = new LinkedHashSet<>(classes);
		unregistered.removeIf((each) -> this.registered.nameOf(each) != null);
		return unregistered;
	}

	private PayloadCodec with(Set<Class<?>> more) {
		return this.maker.apply(this.registered.and(more));
	}

	@Override
	public <T> T decode(MessageType<T> type, byte[] encoded) {
		return decode(type, 0, encoded);
	}

	@Override
	public <T> T decode(MessageType<T> type, long fingerprint, byte[] encoded) {
		return receiverOf(type).decode(type, fingerprint, encoded);
	}

	private PayloadCodec receiverOf(MessageType<?> type) {
		if (type.genericType() instanceof Class<?>) {
			return this.codec;
		}
		PayloadCodec receiver = this.receivers.get(type.genericType());
		return (receiver != null) ? receiver : this.receivers.computeIfAbsent(type.genericType(), (key) -> {
			Set<Class<?>> arguments = unregistered(GenericMessages.argumentsOf(key));
			return arguments.isEmpty() ? this.codec : with(arguments);
		});
	}

	@Override
	public boolean isReady(MessageType<?> type, long fingerprint) {
		PayloadCodec receiver = (type.genericType() instanceof Class<?>) ? this.codec
				: this.receivers.get(type.genericType());
		return receiver != null && receiver.isReady(type, fingerprint);
	}

	@Override
	public boolean isReady(Object message) {
		return !GenericMessages.mayBeGeneric(message) && this.codec.isReady(message);
	}

	@Override
	public @Nullable Class<?> knownType(String typeName) {
		return this.codec.knownType(typeName);
	}

	@Override
	public void warmUp(Class<?> type) {
		this.codec.warmUp(type);
	}

	@Override
	public void prepare(Class<?> type) {
		this.codec.prepare(type);
	}

}
