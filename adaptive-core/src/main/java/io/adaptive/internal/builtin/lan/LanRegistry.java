package io.adaptive.internal.builtin.lan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.internal.beacon.Announced;
import io.adaptive.internal.beacon.Beacon;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * Service {@code builtin/LANRegistry} of a node: reports over TCP the exact services that
 * the node offers in LAN scope, and answers queries for known instances.
 */
public final class LanRegistry {

	/** Name of the service. */
	public static final ServiceName NAME = new ServiceName("builtin", "LANRegistry");

	private static final KeyValueLogger logger = KeyValueLogger.of(LanRegistry.class);

	private static final int MAX_FOLLOWERS = 4_096;

	private static final int MAX_FOUND = 10_000;

	private final Beacon beacon;

	private final Map<StreamContext, Follower> followers = new ConcurrentHashMap<>();

	private LanRegistry(Beacon beacon) {
		this.beacon = beacon;
	}

	/**
	 * Creates the service.
	 * @param beacon the LAN discovery of the node
	 * @return the service to publish
	 */
	public static Service over(Beacon beacon) {
		LanRegistry registry = new LanRegistry(beacon);
		beacon.onAnnounced(() -> registry.followers.values().forEach(Follower::tell));
		return Service.named(NAME)
			.scopes(Scope.LAN)
			.handle(LanFollow.class, (follow, stream) -> registry.follow(stream))
			.handle(LanQuery.class, registry::find)
			.onStreamClose(registry.followers::remove);
	}

	private @Nullable Object follow(ContextStream stream) {
		if (this.followers.size() >= MAX_FOLLOWERS) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, Delivery.NOT_PROCESSED,
					"%s others follow this node".formatted(MAX_FOLLOWERS), null);
		}
		Follower follower = new Follower(stream);
		if (this.followers.putIfAbsent(stream.context(), follower) == null) {
			logger.info("followed scope=LAN by={}", stream.info().peer());
			follower.tell();
		}
		return null;
	}

	private LanAnswer find(LanQuery query) {
		return new LanAnswer(this.beacon.find(new ServicePattern(query.publisher(), query.name()))
			.stream()
			.limit(MAX_FOUND)
			.map(LanRegistry::found)
			.toList());
	}

	private static LanAnswer.Found found(ServiceInstance instance) {
		return new LanAnswer.Found(instance.service().toString(), instance.instance().provider().value(),
				instance.instance().incarnation(), instance.endpoints().stream().map(Object::toString).toList());
	}

	/**
	 * Subscriber of the node's services. Changes that occur while a message is being sent
	 * are merged into the next one.
	 */
	private final class Follower {

		private final ContextStream stream;

		private @Nullable Set<String> told;

		private boolean telling;

		private Follower(ContextStream stream) {
			this.stream = stream;
		}

		private synchronized void tell() {
			if (this.telling) {
				return;
			}
			LanNews news = news();
			if (news == null) {
				return;
			}
			this.telling = true;
			this.stream.async().send(news).whenComplete((sent, error) -> told(error == null));
		}

		private synchronized void told(boolean successful) {
			this.telling = false;
			if (successful) {
				tell();
			}
		}

		private @Nullable LanNews news() {
			Set<String> before = this.told;
			Set<String> now = new LinkedHashSet<>();
			Announced announced = LanRegistry.this.beacon.announced();
			announced.services().forEach((service) -> now.add(service.toString()));
			if (now.equals(before)) {
				return null;
			}
			this.told = now;
			return (before != null)
					? new LanNews.Change(announced.revision(), without(now, before), without(before, now))
					: new LanNews.Services(announced.revision(), new ArrayList<>(now));
		}

		private static List<String> without(Set<String> some, Set<String> others) {
			return some.stream().filter((service) -> !others.contains(service)).toList();
		}

	}

}
