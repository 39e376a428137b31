package io.adaptive.gshell.group;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.share.SharedTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages between the jobs of a group, each job from a bundle of its own.
 */
class SharedMessagesTests {

	private static final String NOTE = """
			package notes;
			record Note(String text, int[] seen, Shade shade) { }
			""";

	/** Another component is all that differs. */
	private static final String LONGER_NOTE = """
			package notes;
			record Note(String text, int[] seen, Shade shade, int more) { }
			""";

	private static final String SHADE = """
			package notes;
			sealed interface Shade { record Grey(int percent) implements Shade { } enum Name implements Shade { RED, BLUE } }
			""";

	private static final String SERVER = """
			package notes;
			import io.adaptive.node.AdaptiveNode;
			import io.adaptive.server.Service;
			class Server {
				public static void main(String[] args) {
					try (AdaptiveNode node = AdaptiveNode.builder().build()) {
						node.newServer().publish(Service.named("test", "notes").handle(Note.class, Server::answer));
						System.out.println("published");
						node.serve();
					}
				}
				private static String answer(Note note) {
					note.seen()[0]++;
					return note.text() + " " + (note.shade() == Shade.Name.BLUE) + " " + note;
				}
			}
			""";

	private static final String CLIENT = """
			package notes;
			import io.adaptive.node.AdaptiveNode;
			class Client {
				public static void main(String[] args) throws Exception {
					try (AdaptiveNode node = AdaptiveNode.builder().build()) {
						int[] seen = { 1 };
						String answer = node.newClient().discover("test", "notes")
							.sendRecv(new Note("Ada", seen, Shade.Name.BLUE), String.class);
						System.out.println(answer.replaceAll("@[0-9a-f]+", "") + " " + seen[0] + " end");
						new java.util.concurrent.CountDownLatch(1).await();
					}
				}
			}
			""";

	@TempDir
	Path folder;

	private JobsFixture group;

	@BeforeEach
	void open() {
		this.group = new JobsFixture(this.folder);
	}

	@AfterEach
	void close() {
		this.group.close();
	}

	private GroupJob run(String main, String note) {
		String name = main.contains("class Server") ? "Server" : "Client";
		Map<String, String> files = new HashMap<>(Map.of(name + ".java", main, "Note.java", note, "Shade.java", SHADE));
		return this.group.run(files);
	}

	@Test
	void jobsWithTheSameRecordPassOneObject() {
		GroupJob server = run(SERVER, NOTE);
		JobsFixture.awaitLog(server, "published");
		GroupJob client = run(CLIENT, NOTE);
		// The server has changed the array of the client.
		assertThat(JobsFixture.awaitLog(client, "end"))
			.isEqualTo("Ada true Note[text=Ada, seen=[I, shade=BLUE] 2 end\n");
		JobRecord record = client.record();
		assertThat(record.status()).isEqualTo(JobStatus.RUNNING);
		assertThat(record.live()).isNotNull();
		assertThat(record.live().sharedTypes()).containsExactly("notes.Note", "notes.Shade", "notes.Shade$Grey",
				"notes.Shade$Name");
		assertThat(server.record().live().sharedTypes()).isEqualTo(record.live().sharedTypes());
	}

	@Test
	void aRecordWithAnotherComponentIsConverted() {
		GroupJob server = run(SERVER, LONGER_NOTE);
		JobsFixture.awaitLog(server, "published");
		GroupJob client = run(CLIENT, NOTE);
		assertThat(JobsFixture.awaitLog(client, "end"))
			.isEqualTo("Ada true Note[text=Ada, seen=[I, shade=BLUE, more=0] 1 end\n");
	}

	@Test
	void aRecordWithStaticStateIsTheJobsOwn() {
		String counting = NOTE.replace("{ }", "{ static int count; Note { count++; } }");
		GroupJob server = run(SERVER, counting);
		JobsFixture.awaitLog(server, "published");
		GroupJob client = run(CLIENT, counting);
		assertThat(JobsFixture.awaitLog(client, "end"))
			.isEqualTo("Ada true Note[text=Ada, seen=[I, shade=BLUE] 1 end\n");
		assertThat(client.record().live().sharedTypes()).containsExactly("notes.Shade", "notes.Shade$Grey",
				"notes.Shade$Name");
	}

	@Test
	void sharedTypesEndWithTheLastJobThatUsesThem() {
		GroupJob first = run(SERVER, NOTE);
		JobsFixture.awaitLog(first, "published");
		ClassLoader loader = loader();
		GroupJob second = run(CLIENT, NOTE);
		JobsFixture.awaitLog(second, "end");
		this.group.stop(first);
		// The one that is left goes on with the same types.
		assertThat(loader()).isSameAs(loader);
		this.group.stop(second);
		JobsFixture.await().until(() -> CodecGetters.ofJobs() == 0);
		assertThat(loader()).isNotSameAs(loader);
	}

	/** As another job of the group does. */
	private ClassLoader loader() {
		try (SharedTypes.Lease types = this.group.lease(Map.of("Note.java", NOTE, "Shade.java", SHADE, "Main.java",
				"package notes; class Main { public static void main(String[] args) { } }"))) {
			Class<?> type = types.find("notes.Note");
			assertThat(type).isNotNull();
			return type.getClassLoader();
		}
	}

}
