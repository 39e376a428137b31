package io.adaptive.gshell.group;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.gshell.message.group.BundleContent;
import io.adaptive.gshell.message.group.BundleFile;
import io.adaptive.gshell.message.group.DescribeGroup;
import io.adaptive.gshell.message.group.GroupInfo;
import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.message.group.JobList;
import io.adaptive.gshell.message.group.JobResults;
import io.adaptive.gshell.message.group.KillAnswer;
import io.adaptive.gshell.message.group.KillGroup;
import io.adaptive.gshell.message.group.ListJobs;
import io.adaptive.gshell.message.group.RestartRule;
import io.adaptive.gshell.message.group.RunAnswer;
import io.adaptive.gshell.message.group.RunJob;
import io.adaptive.gshell.message.group.StopJobs;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.StoredGroup;
import io.adaptive.gshell.state.WorkFolder;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.Connection;

/**
 * Loads the classes that the process of a group needs, for an archive of them: runs a
 * group that no daemon can find, with a job that publishes a service.
 */
public final class ArchiveTraining {

	private static final String APP = """
			import io.adaptive.node.AdaptiveNode;
			import io.adaptive.server.Service;
			public class Main {
				record Ping(String text) {
				}
				public static void main(String[] args) {
					try (AdaptiveNode node = AdaptiveNode.builder().build()) {
						node.newServer().publish(Service.named("gshell", "training").handle(Ping.class, (ping) -> ping));
						node.serve();
					}
				}
			}
			""";

	private ArchiveTraining() {
	}

	/**
	 * Starts and ends a group.
	 * @param args an empty folder for its files, of a short name since sockets are in it;
	 * the caller deletes it
	 * @throws IOException if there is no room for it
	 */
	public static void main(String[] args) throws IOException {
		Path folder = Path.of(args[0]);
		Path sockets = folder.resolve("s");
		System.setProperty(GroupProcess.SOCKET_DIRECTORY, sockets.toString());
		GroupName name = new GroupName("training", "0");
		GroupFolder group = WorkFolder.open(folder.resolve("wd")).group(name);
		group.create(new StoredGroup(name.name(), name.version(), GroupLimits.DEFAULT, Map.of(), Instant.now(), 0,
				List.of()));
		Thread client = new Thread(() -> use(name, sockets), "gshell training");
		client.setDaemon(true);
		client.start();
		System.exit(GroupProcess.run(group));
	}

	private static void use(GroupName name, Path sockets) {
		try (AdaptiveNode node = AdaptiveNode.builder().scopes(Set.of(Scope.OS)).socketDirectory(sockets).build();
				Connection group = node.newClient().discoverTimeout(Duration.ofMinutes(5)).discover(name.service())) {
			BundleFile source = new BundleFile("training/Main.java", APP.getBytes(StandardCharsets.UTF_8));
			group.sendRecv(new RunJob("training", List.of(), new BundleContent("training", List.of(source)),
					RestartRule.NONE, false, "gshell", null), RunAnswer.class);
			node.newClient().discoverTimeout(Duration.ofMinutes(5)).discover("gshell", "training").close();
			group.sendRecv(new DescribeGroup(), GroupInfo.class);
			group.sendRecv(new ListJobs(List.of()), JobList.class);
			group.sendRecv(new StopJobs(List.of("training")), JobResults.class);
			group.sendRecv(new KillGroup(true), KillAnswer.class);
		}
	}

}
