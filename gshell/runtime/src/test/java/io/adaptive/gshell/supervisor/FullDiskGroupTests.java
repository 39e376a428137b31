package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.adaptive.gshell.SlowTest;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.RunAnswer;
import io.adaptive.gshell.message.group.RunRefused;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A group on a disk that is full, and has space again: a small file system of a process
 * of its own.
 */
@SlowTest
class FullDiskGroupTests {

	@TempDir
	private Path folder;

	@Test
	void noJobEndsAndAfterSpaceIsBackEverythingWorks() throws IOException, InterruptedException {
		String mount = "mount -t tmpfs -o size=16m none \"$1\" && shift && exec \"$@\"";
		Process process = new ProcessBuilder("unshare", "--mount", "sh", "-c", mount, "sh", this.folder.toString(),
				ProcessHandle.current().info().command().orElseThrow(), "-XX:+UseSerialGC",
				"-Dgshell.test.folder=" + this.folder, "-cp", System.getProperty("java.class.path"),
				Program.class.getName(), this.folder.toString())
			.redirectErrorStream(true)
			.start();
		List<String> lines = process.inputReader().lines().toList();
		int status = process.waitFor();
		lines.forEach(System.out::println);
		if (!"required".equals(System.getenv("ADAPTIVE_MOUNTS"))) {
			Assumptions.assumeTrue(lines.stream().noneMatch((line) -> line.contains("unshare:")),
					() -> "it takes root and mount namespaces: " + lines);
		}
		assertThat(lines).contains("all is right");
		assertThat(status).isZero();
	}

	/**
	 * Fills the disk of a group, and frees it.
	 */
	static final class Program {

		private static final String PRINTS = "for (int line = 0; ; line++) { System.out.println(\"line \" + line + \" \""
				+ " + \"x\".repeat(1000)); Thread.sleep(5); }";

		private static final String ENDS = "while (!new java.io.File(args[0]).exists()) { Thread.sleep(20); }"
				+ " System.exit(7);";

		private Program() {
		}

		public static void main(String[] args) throws Exception {
			Path folder = Path.of(args[0]);
			Path end = Files.createTempFile(Path.of("/tmp"), "gshell", "end");
			Files.delete(end);
			try (Groups groups = new Groups()) {
				Connection group = groups.group("full");
				String prints = Groups.run(group, Groups.job("prints", PRINTS));
				String ends = Groups.run(group, Groups.job("ends", ENDS, end.toString()));
				await().atMost(Groups.PATIENCE).until(() -> Groups.log(group, prints, -1).contains("line 20 "));
				Path filler = folder.resolve("filler");
				fill(filler);
				refused(group);
				Files.createFile(end);
				await().atMost(Groups.PATIENCE)
					.untilAsserted(() -> assertThat(Groups.record(group, ends).exitStatus()).isEqualTo(7));
				assertThat(Groups.record(group, prints).status()).isEqualTo(JobStatus.RUNNING);
				fill(folder.resolve("more"));
				refused(group);
				Files.delete(filler);
				Files.deleteIfExists(folder.resolve("more"));
				works(groups, group, prints, ends);
			}
			finally {
				Files.deleteIfExists(end);
			}
			System.out.println("all is right");
			System.exit(0);
		}

		private static void refused(Connection group) {
			RunAnswer answer = group.sendRecv(Groups.job("more", "System.out.println(1);"), RunAnswer.class);
			assertThat(answer).isInstanceOf(RunRefused.class);
			RunRefused refusal = (RunRefused) answer;
			System.out.println(refusal.text());
			assertThat(refusal.reason()).isEqualTo(RunRefused.Reason.DISK);
			assertThat(refusal.text()).containsIgnoringCase("no space");
		}

		private static void works(Groups groups, Connection group, String prints, String ends) {
			await().atMost(Groups.PATIENCE)
				.until(() -> Groups.log(group, prints, -1), (text) -> text.contains(" lines dropped: no space]\n"));
			String id = Groups.run(group, Groups.job("more", "System.out.println(1);"));
			Groups.awaitStatus(group, id, JobStatus.EXITED_OK);
			assertThat(Groups.log(group, id, -1)).isEqualTo("1\n");
			// The end that could not be written is there for the next process.
			await().atMost(Groups.PATIENCE)
				.until(() -> groups.work()
					.groups()
					.get(0)
					.list()
					.stream()
					.filter((job) -> job.id().equals(ends))
					.anyMatch((job) -> Integer.valueOf(7).equals(job.read().exitStatus())));
			Groups.kill(group);
			Connection again = groups.connection("full");
			JobRecord printing = Groups.awaitStatus(again, prints, JobStatus.RUNNING);
			assertThat(printing.restarts()).isOne();
			assertThat(Groups.record(again, ends).exitStatus()).isEqualTo(7);
			assertThat(Groups.record(again, ends).restarts()).isZero();
		}

		private static void fill(Path file) {
			try (OutputStream stream = Files.newOutputStream(file)) {
				while (true) {
					stream.write(new byte[4096]);
				}
			}
			catch (IOException ex) {
				// Full.
			}
		}

	}

}
