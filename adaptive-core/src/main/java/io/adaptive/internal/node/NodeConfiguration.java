package io.adaptive.internal.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

import io.adaptive.internal.builtin.tracing.TraceAccess;
import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.RegisteredTypes;
import io.adaptive.message.CallerContext;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import io.adaptive.spi.DialInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Configuration of a node, as its builder was set when the node was built. Immutable.
 *
 * @param providerId the id of this machine, {@code null} to determine it
 * @param workers its workers
 * @param reach its reach
 * @param socketDirectory the directory of the programs of this machine
 * @param space the common state of the nodes of this JVM
 * @param inMemory whether the node opens no socket and no file
 * @param messages encoding, transport and observation of messages
 * @param traceAccess the access of other programs to its message tracing
 * @param discoverTimeout the time for which its clients wait for a service, {@code null}
 * for no limit
 * @param drainTimeout the time limit for its services to end
 * @param discoveryClock the clock of the waits of its clients
 * @param program the name of its program, for errors reported to other programs of the
 * virtual machine, empty for none
 * @param warmUp the time of the preparation for its first messages
 */
public record NodeConfiguration(@Nullable ProviderId providerId, WorkerConfiguration workers, NodeReach reach,
		SocketDirectorySetting socketDirectory, CommonSpace space, boolean inMemory, MessageConfiguration messages,
		TraceAccess traceAccess, @Nullable Duration discoverTimeout, Duration drainTimeout,
		DiscoveryClock discoveryClock, String program, WarmUpSetting warmUp) {

	/**
	 * Returns the configuration of a node for a warm-up run. The node only calls itself;
	 * it logs its start and end at debug level, and other programs do not find it.
	 */
	static NodeConfiguration ofWarmUpRun(Path socketDirectory) {
		return new NodeConfiguration(null,
				new WorkerConfiguration(WorkerKind.AUTO, ScaleFactors.DEFAULT, false, WorkerPool.DEFAULT_MEMORY),
				NodeReach.of(EnumSet.of(Scope.OS)), new SocketDirectorySetting(socketDirectory, false),
				new CommonSpace(), false,
				new MessageConfiguration(LinkSettings.DEFAULT, true, "fory", RegisteredTypes.NONE,
						Codecs.DEFAULT_MAX_DEPTH, false, CallerContext.NONE, List.of(), DialInterceptor.NONE),
				new TraceAccess(EnumSet.noneOf(Scope.class), EnumSet.noneOf(Scope.class)), null, Duration.ofSeconds(30),
				DiscoveryClock.SYSTEM, "", WarmUpSetting.IS_WARM_UP_RUN);
	}

	/**
	 * Returns the level at which the start and the end of the node are logged.
	 */
	Level logLevel() {
		return (this.warmUp == WarmUpSetting.IS_WARM_UP_RUN) ? Level.DEBUG : Level.INFO;
	}

	/**
	 * Directory of the sockets of the programs of this machine.
	 *
	 * @param path the directory, {@code null} for that of the user
	 * @param shared whether programs of other users use it, too
	 */
	public record SocketDirectorySetting(@Nullable Path path, boolean shared) {
	}

	/**
	 * Time of the preparation for the first messages.
	 */
	public enum WarmUpSetting {

		/** While the program starts. */
		AT_ONCE,

		/** On request. */
		WHEN_TOLD,

		/** Never: the node is itself the preparation of another one. */
		IS_WARM_UP_RUN

	}

}
