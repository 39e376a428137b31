package io.adaptive.internal.builtin.root;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.settings.RootRegistrySettings;

/**
 * A root registry in a program of its own, which believes that every node is reached and
 * tells each second what it uses.
 */
final class RootRegistryScaleProgram {

	static final String UP = "registry is up at ";

	static final String USAGE = "usage ";

	private RootRegistryScaleProgram() {
	}

	public static void main(String[] arguments) {
		AdaptiveNode node = AdaptiveNode.builder()
			.providerId(new ProviderId("root"))
			.scopes(Set.of())
			.listen("127.0.0.1", 0)
			.build();
		RootRegistry registry = new RootRegistry(new RootRegistrySettings(Path.of(arguments[0])),
				(address, expected, token) -> ReachabilityProbe.Outcome.REACHED, node.instance(), () -> "127.0.0.1",
				System::nanoTime);
		node.newServer().publish(registry.service().scopes(Scope.LAN));
		System.out.println(UP + node.tcpEndpoint().orElseThrow().port());
		Thread usage = new Thread(() -> printUsage(registry));
		usage.setDaemon(true);
		usage.start();
		ChildJvm.awaitEndOfInput();
		node.close();
		registry.close();
	}

	private static void printUsage(RootRegistry registry) {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
		try {
			while (true) {
				System.out.println(USAGE + system.getProcessCpuTime() + " "
						+ memory.getHeapMemoryUsage().getUsed() / (1024 * 1024) + " " + registry.size());
				TimeUnit.SECONDS.sleep(1);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
