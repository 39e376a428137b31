package io.adaptive.internal.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

import io.adaptive.internal.builtin.tracing.TraceAccess;
import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.wire.RegisteredTypes;
import io.adaptive.message.CallerContext;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.node.NodeHost;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import io.adaptive.spi.DialInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * What a node is made of, as its builder was set when it was built. Immutable.
 *
 * @param providerId the id of this machine, {@code null} to find it out
 * @param workers its workers
 * @param reach how far it is seen and sees
 * @param socketDirectory where the programs of this machine meet
 * @param space what it has in common with other nodes of this JVM
 * @param inMemory whether the node opens no socket and no file
 * @param messages how messages are encoded, carried and watched
 * @param traceAccess who may use its message tracing
 * @param discoverTimeout how long its clients wait for a service, {@code null} for ever
 * @param drainTimeout how long its services may take to end
 * @param discoveryClock the time by which its clients wait
 * @param host hears of the node, {@link NodeHost#NONE} for nobody
 * @param warmUp when it prepares for its first messages
 */
public record NodeConfiguration(@Nullable ProviderId providerId, WorkerConfiguration workers, NodeReach reach,
		SocketDirectorySetting socketDirectory, CommonSpace space, boolean inMemory, MessageConfiguration messages,
		TraceAccess traceAccess, @Nullable Duration discoverTimeout, Duration drainTimeout,
		DiscoveryClock discoveryClock, NodeHost host, WarmUpSetting warmUp) {

	/**
	 * A node for a warm-up run: it only calls itself, and neither the log nor other
	 * programs hear of it.
	 */
	static NodeConfiguration ofWarmUpRun(Path socketDirectory) {
		return new NodeConfiguration(null,
				new WorkerConfiguration(WorkerKind.AUTO, ScaleFactors.DEFAULT, false, WorkerPool.DEFAULT_MEMORY),
				NodeReach.of(EnumSet.of(Scope.OS)), new SocketDirectorySetting(socketDirectory, false),
				new CommonSpace(), false,
				new MessageConfiguration(LinkSettings.DEFAULT, true, "fory", RegisteredTypes.NONE, false,
						CallerContext.NONE, List.of(), DialInterceptor.NONE),
				new TraceAccess(EnumSet.noneOf(Scope.class), EnumSet.noneOf(Scope.class)), null, Duration.ofSeconds(30),
				DiscoveryClock.SYSTEM, NodeHost.NONE, WarmUpSetting.IS_WARM_UP_RUN);
	}

	/**
	 * Returns how the start and the end of the node are logged.
	 */
	Level logLevel() {
		return (this.warmUp == WarmUpSetting.IS_WARM_UP_RUN) ? Level.DEBUG : Level.INFO;
	}

	/**
	 * The directory in which the programs of this machine meet.
	 *
	 * @param path the directory, {@code null} for that of the user
	 * @param shared whether other users are in it, too
	 */
	public record SocketDirectorySetting(@Nullable Path path, boolean shared) {
	}

	/**
	 * When a node prepares for its first messages.
	 */
	public enum WarmUpSetting {

		/** While the program still starts. */
		AT_ONCE,

		/** When it is told to. */
		WHEN_TOLD,

		/** Never: the node is part of the preparation of another one. */
		IS_WARM_UP_RUN

	}

}
