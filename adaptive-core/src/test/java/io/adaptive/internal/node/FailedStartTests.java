package io.adaptive.internal.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.adaptive.fixture.OpenResources;
import io.adaptive.fixture.SlowTest;
import io.adaptive.internal.builtin.tracing.TraceAccess;
import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.RegisteredTypes;
import io.adaptive.message.CallerContext;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.NodeHost;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import io.adaptive.spi.DialInterceptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A node of which one part after the other cannot start.
 */
@SlowTest
class FailedStartTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	@TempDir
	Path folder;

	private final CommonSpace space = new CommonSpace();

	private Path sockets() {
		return this.folder.resolve("sockets");
	}

	/** A node with all parts: it is a root registry, and told settings of LAN. */
	private NodeConfiguration configuration() {
		Endpoint.Tcp listen = new Endpoint.Tcp("127.0.0.1", 0);
		NodeReach reach = new NodeReach(EnumSet.allOf(Scope.class), true, listen, LanSettings.DEFAULT.interfaces("lo"),
				List.of(new Endpoint.Tcp("127.0.0.1", 1)), List.of(),
				new RootRegistrySettings(this.folder.resolve("registry")), null, null);
		return new NodeConfiguration(new ProviderId("failing"),
				new WorkerConfiguration(WorkerKind.PLATFORM, ScaleFactors.DEFAULT, false, WorkerPool.DEFAULT_MEMORY),
				reach, new NodeConfiguration.SocketDirectorySetting(sockets(), false), this.space, false,
				new MessageConfiguration(LinkSettings.DEFAULT, true, "fory", RegisteredTypes.NONE,
						Codecs.DEFAULT_MAX_DEPTH, false, CallerContext.NONE, List.of(), DialInterceptor.NONE),
				new TraceAccess(EnumSet.noneOf(Scope.class), EnumSet.noneOf(Scope.class)), null, Duration.ofSeconds(1),
				DiscoveryClock.SYSTEM, "", NodeConfiguration.WarmUpSetting.AT_ONCE);
	}

	private List<String> startAndClose() {
		List<String> names = new ArrayList<>();
		UnaryOperator<NodePart> noting = (part) -> {
			names.add(part.name());
			return part;
		};
		RunningNode.start(configuration(), NodeHost.NONE, noting).close();
		return names;
	}

	private static UnaryOperator<NodePart> failing(String name, boolean before) {
		return (part) -> part.name().equals(name) ? part.startedBy(() -> {
			if (!before) {
				part.start().run();
			}
			throw new IllegalStateException(name);
		}) : part;
	}

	private void assertNothingIsLeft(OpenResources before) throws IOException {
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(OpenResources.now()).matches((now) -> now.isWithin(before),
					"no more than " + before));
		assertThat(this.space.resources().users()).isZero();
		assertThat(this.space.table().find(ServicePattern.ALL)).isEmpty();
		try (Stream<Path> files = Files.list(sockets())) {
			assertThat(files.map(Path::getFileName).map(Path::toString)).containsOnly("provider-id-entrance");
		}
	}

	@Test
	void whicheverPartCannotStartLeavesNothingBehind() throws IOException {
		List<String> parts = startAndClose();
		assertThat(parts).doesNotHaveDuplicates()
			.containsSequence("TCP port", "scope PROCESS", "scope OS", "clients", "tracing", "settings of the machine",
					"built-in services", "services", "relays", "scope LAN", "scope WAN", "first messages");
		OpenResources before = OpenResources.now();
		for (String each : parts) {
			for (boolean beforeIt : new boolean[] { true, false }) {
				assertThatIllegalStateException()
					.isThrownBy(() -> RunningNode.start(configuration(), NodeHost.NONE, failing(each, beforeIt)))
					.as(each)
					.withMessage(each);
				assertNothingIsLeft(before);
			}
		}
	}

	@Test
	void aPartThatCannotEvenBeMadeLeavesNothingBehind() throws IOException {
		List<String> parts = startAndClose();
		OpenResources before = OpenResources.now();
		for (String each : parts) {
			assertThatIllegalStateException()
				.isThrownBy(() -> RunningNode.start(configuration(), NodeHost.NONE, (part) -> {
					if (part.name().equals(each)) {
						// The part itself is closed by the one that is told of it.
						part.close().accept(Deadline.NEVER);
						throw new IllegalStateException(each);
					}
					return part;
				}))
				.as(each)
				.withMessage(each);
			assertNothingIsLeft(before);
		}
	}

}
