package io.adaptive.gshell.daemon;

import java.time.Duration;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.gshell.command.DaemonRefusedException;
import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.gshell.message.DaemonInfo;
import io.adaptive.gshell.message.DescribeDaemon;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Asks the sockets of this user whether another daemon runs, in whatever working
 * directory, before this one is published.
 */
@Component
final class SingleDaemon implements SmartInitializingSingleton {

	private static final ServiceName DAEMON = new ServiceName("gshell", "daemon");

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final AdaptiveClient client;

	SingleDaemon(AdaptiveClient client) {
		this.client = client;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (ServiceInstance each : this.client.scopes(Scope.OS).list(ServicePattern.of(DAEMON))) {
			throw new DaemonRefusedException(ExitStatus.FAILED,
					"A daemon of this user runs already on this machine: %s; use that one, or stop it first"
						.formatted(describe(each)));
		}
	}

	private String describe(ServiceInstance other) {
		try (Connection connection = this.client.connect(other)) {
			DaemonInfo info = connection.sendRecv(new DescribeDaemon(), DaemonInfo.class,
					CallSettings.DEFAULT.timeout(PATIENCE));
			return "process %s, version %s, working directory %s".formatted(info.pid(), info.version(),
					info.workDirectory());
		}
		catch (AdaptiveException ex) {
			return "%s, which does not answer (%s)".formatted(other, ex.getMessage());
		}
	}

}
