package io.adaptive.boot.autoconfigure.observation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.spring.observation.BoundedNames;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * The timers of all messages of one side, cached because the lookup by tags in a registry
 * can take longer than handling a message.
 */
final class TimersOfSide implements AutoCloseable {

	private final String name;

	private final MeterRegistry registry;

	private final BoundedNames services = new BoundedNames();

	private final BoundedNames types = new BoundedNames();

	/**
	 * Keyed by message type, because a type is usually sent to one service in one scope.
	 */
	private final Map<String, List<MessageTimer>> byType = new ConcurrentHashMap<>();

	private final Map<Tags, Timer> registered = new ConcurrentHashMap<>();

	/** The node may send messages still, whose timers nobody would remove. */
	private volatile boolean closed;

	TimersOfSide(String name, MeterRegistry registry) {
		this.name = name;
		this.registry = registry;
	}

	MessageTimer of(ObservedMessage message) {
		ServiceName service = message.connection().service();
		Scope scope = message.connection().scope();
		List<MessageTimer> known = this.byType.get(message.type());
		if (known != null) {
			for (int i = 0; i < known.size(); i++) {
				MessageTimer timer = known.get(i);
				if (timer.isOf(service, scope)) {
					return timer;
				}
			}
		}
		return add(message.type(), service, scope);
	}

	/**
	 * What has no name of its own any more is not kept either.
	 */
	private MessageTimer add(String type, ServiceName service, Scope scope) {
		String serviceTag = this.services.of(service.toString());
		String typeTag = this.types.of(type);
		Tags tags = Tags.of("service", serviceTag, "message", typeTag, "scope", scope.name().toLowerCase(Locale.ROOT));
		MessageTimer timer = new MessageTimer(service, scope, (outcome) -> register(tags.and(outcome)));
		if (!serviceTag.equals(BoundedNames.OTHER) && !typeTag.equals(BoundedNames.OTHER)) {
			this.byType.computeIfAbsent(type, (key) -> new CopyOnWriteArrayList<>()).add(timer);
		}
		return timer;
	}

	private Timer register(Tags tags) {
		Timer timer = this.registered.computeIfAbsent(tags,
				(each) -> Timer.builder(this.name)
					.description("Messages until they are answered")
					.tags(each)
					.register(this.registry));
		if (this.closed) {
			this.registry.remove(timer);
		}
		return timer;
	}

	@Override
	public void close() {
		this.closed = true;
		this.registered.values().forEach(this.registry::remove);
	}

}
