package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.gshell.SlowTest;
import io.adaptive.gshell.message.group.GroupInfo;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A group whose process dies at once, again and again. The waits are recorded, not slept.
 */
@SlowTest
class GroupDeathsTests {

	private static final int DEATHS = 10;

	private final List<Duration> waits = new CopyOnWriteArrayList<>();

	/**
	 * The death by the test is followed by those of the JVM that knows no such option.
	 */
	private boolean diesAtOnce() {
		return !this.waits.isEmpty() && this.waits.size() <= DEATHS;
	}

	@Test
	void aGroupThatDiesAtOnceTenTimesBacksOffAndComesBack() throws IOException {
		try (Groups groups = new Groups((sockets) -> {
			GroupCommand command = GroupCommand.ofThisProcess(sockets);
			List<String> options = diesAtOnce() ? List.of("-XX:+NoSuchOption") : Groups.OPTIONS;
			return new GroupCommand(command.java(), options, command.classPath(), sockets, null);
		}, this.waits::add)) {
			Connection group = groups.group("dies");
			String id = Groups.run(group, Groups.job("sleep", "Thread.sleep(600_000);"));
			String ended = Groups.run(group, Groups.job("ended", "System.exit(3);"));
			Groups.awaitStatus(group, id, JobStatus.RUNNING);
			Groups.awaitStatus(group, ended, JobStatus.EXITED_ERR);
			Groups.kill(group);
			Connection again = groups.connection("dies");
			JobRecord record = Groups.awaitStatus(again, id, JobStatus.RUNNING);
			assertThat(record.restarts()).isOne();
			assertThat(Groups.record(again, ended).restarts()).isZero();
			GroupInfo info = Groups.info(again);
			assertThat(info.starts()).isEqualTo(DEATHS + 2);
			assertThat(info.notes()).singleElement().asString().contains(" with status 1");
		}
		assertThat(this.waits).hasSize(DEATHS + 1);
		assertThat(this.waits.get(0)).isZero();
		for (int death = 1; death <= DEATHS; death++) {
			double seconds = Math.min(60, Math.pow(2, death - 1));
			assertThat(this.waits.get(death).toMillis() / 1000.0).as("wait %s of %s", death, this.waits)
				.isBetween(seconds * 0.9, seconds * 1.1);
		}
	}

}
