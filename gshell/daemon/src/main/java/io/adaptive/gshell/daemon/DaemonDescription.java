package io.adaptive.gshell.daemon;

import java.time.Instant;
import java.util.List;

import io.adaptive.gshell.command.BuildVersion;
import io.adaptive.gshell.message.DaemonInfo;
import io.adaptive.gshell.state.WorkFolder;
import io.adaptive.node.AdaptiveNode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Description of the daemon for {@code gsh info}.
 */
@Component
class DaemonDescription {

	private final AdaptiveNode node;

	private final AppCode code;

	private final WorkFolder folder;

	private final Instant startedAt = Instant.now();

	private volatile @Nullable String management;

	DaemonDescription(AdaptiveNode node, AppCode code, WorkFolder folder) {
		this.node = node;
		this.code = code;
		this.folder = folder;
	}

	@EventListener
	void started(WebServerInitializedEvent event) {
		this.management = "http://127.0.0.1:%s/actuator".formatted(event.getWebServer().getPort());
	}

	DaemonInfo describe() {
		Build build = Build.load();
		return new DaemonInfo(BuildVersion.version(), build.commit(), build.time(),
				System.getProperty("java.runtime.version", ""), this.node.instance().provider().value(),
				this.node.scopes().stream().sorted().map(Enum::name).toList(), this.code.address(),
				MachineLimits.find(), List.of(), this.folder.toString(), ProcessHandle.current().pid(), this.startedAt,
				this.management, System.getProperty("user.name", ""));
	}

}
