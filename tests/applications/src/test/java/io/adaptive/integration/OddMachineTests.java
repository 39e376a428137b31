package io.adaptive.integration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The start of an application on machines that lack something: a temporary directory that
 * can be written, room, a home directory, a name for the user. Each is a mount namespace
 * of its own.
 */
class OddMachineTests {

	private static final String READ_ONLY_TMP = "mount --rbind /tmp /tmp && mount -o remount,bind,ro /tmp";

	private static final String READ_ONLY_ROOT = "mount -o remount,bind,ro / && " + READ_ONLY_TMP;

	/** A user without a name who may read the class path wherever it is. */
	private static final String NUMERIC_USER = "setpriv --reuid=54321 --regid=54321 --clear-groups"
			+ " --inh-caps=+dac_read_search --ambient-caps=+dac_read_search";

	private static final String OWN_DIRECTORY = "--adaptive.os.socket-directory=$OWN/sockets";

	private static final String TEMPORARY = "-Djava.io.tmpdir=$ODD";

	private static final String SOCKET_DIRECTORY = "Set adaptive.os.socket-directory to a directory of this user alone";

	private static final String REGISTRY_DIRECTORY = "Set adaptive.root-registry.directory to a directory that this user can write";

	private static final String AS_ROOT_REGISTRY = "--adaptive.root-registry.enabled=true --adaptive.listen.port=0"
			+ " --adaptive.listen.host=127.0.0.1 " + OWN_DIRECTORY;

	@TempDir
	private Path directory;

	@BeforeAll
	static void mountNamespacesCanBeMade() throws Exception {
		boolean possible = new ProcessBuilder("unshare", "--mount", "sh", "-c",
				"mount -t tmpfs none /mnt && " + NUMERIC_USER + " true")
			.start()
			.waitFor() == 0;
		if (!"required".equals(System.getenv("ADAPTIVE_MOUNTS"))) {
			Assumptions.assumeTrue(possible, "it takes root and mount namespaces to make odd machines of this one");
		}
		assertThat(possible).as("mount namespaces can be made").isTrue();
	}

	@BeforeEach
	void makeDirectories() throws IOException {
		Files.createDirectory(this.directory.resolve("own"));
		Files.createDirectory(this.directory.resolve("odd"));
	}

	@ParameterizedTest
	@EnumSource
	void anApplicationStartsOrNamesTheProperty(Machine machine) throws Exception {
		Path output = this.directory.resolve("output");
		Process process = new ProcessBuilder(command(machine)).redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		boolean ended = process.waitFor(120, TimeUnit.SECONDS);
		process.destroyForcibly();
		String text = Files.readString(output, StandardCharsets.UTF_8);
		assertThat(ended).as(text).isTrue();
		if (machine.failure == null) {
			assertThat(text).contains(OddMachineApplication.STARTED).doesNotContain("\tat ");
			assertThat(process.exitValue()).as(text).isZero();
		}
		else {
			assertThat(text).containsSubsequence("APPLICATION FAILED TO START", "Description:", machine.failure)
				.doesNotContain("\tat ");
			assertThat(process.exitValue()).as(text).isOne();
		}
	}

	private List<String> command(Machine machine) {
		String java = Path.of(System.getProperty("java.home"), "bin", "java")
				+ " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx160m"
				// With restarts the status is now and then 1.
				+ " -Dspring.devtools.restart.enabled=false -cp \"$CP\" ";
		String arguments = machine.arguments.replace(TEMPORARY, "");
		String options = machine.arguments.contains(TEMPORARY) ? TEMPORARY + " " : "";
		String script = String.join(" && ", "set -e", "mount --make-rprivate /",
				// Its own directory is writable on each machine.
				"OWN=%s/own ODD=%s/odd".formatted(this.directory, this.directory),
				machine.preparation.isEmpty() ? "true" : machine.preparation, "mount -t tmpfs -o mode=777 none $OWN",
				"cd /", "exec env CP=\"$CP\" OWN=$OWN ODD=$ODD " + machine.launcher + " sh -c 'exec " + java + options
						+ OddMachineApplication.class.getName() + " " + arguments + " --spring.main.banner-mode=off'");
		List<String> command = new ArrayList<>(List.of("env", "CP=" + System.getProperty("java.class.path"), "unshare",
				"--mount", "bash", "-c", script));
		return command;
	}

	private enum Machine {

		READ_ONLY_TMP_AND_OWN_DIRECTORY(READ_ONLY_TMP, "", OWN_DIRECTORY, null),

		READ_ONLY_TMP_WITHOUT_A_DIRECTORY(READ_ONLY_TMP, "", "", SOCKET_DIRECTORY),

		READ_ONLY_TMP_IN_PROCESS(READ_ONLY_TMP, "", "--adaptive.scopes=process", null),

		READ_ONLY_TMP_IN_LAN(READ_ONLY_TMP, "",
				"--adaptive.scopes=lan --adaptive.lan.port=17201 --adaptive.lan.interfaces=lo --adaptive.listen.port=0",
				null),

		READ_ONLY_TMP_IN_WAN(READ_ONLY_TMP, "",
				"--adaptive.scopes=wan --adaptive.registry.addresses=127.0.0.1:1 --adaptive.listen.port=0", null),

		READ_ONLY_ROOT_AND_OWN_DIRECTORY(READ_ONLY_ROOT, "", OWN_DIRECTORY, null),

		READ_ONLY_ROOT_WITHOUT_A_DIRECTORY(READ_ONLY_ROOT, "", "", SOCKET_DIRECTORY),

		NO_ROOM("mount -t tmpfs -o mode=777,size=4k none $ODD && head -c 4096 /dev/zero > $ODD/full", "", TEMPORARY,
				SOCKET_DIRECTORY),

		NO_ROOM_FOR_A_REGISTRY("mount -t tmpfs -o mode=777,size=4k none $ODD && head -c 4096 /dev/zero > $ODD/full", "",
				AS_ROOT_REGISTRY + " --adaptive.root-registry.directory=$ODD/registry", null),

		NO_INODES("mount -t tmpfs -o mode=777,nr_inodes=1 none $ODD", "", TEMPORARY, SOCKET_DIRECTORY),

		NO_INODES_FOR_A_REGISTRY("mount -t tmpfs -o mode=777,nr_inodes=1 none $ODD", "",
				AS_ROOT_REGISTRY + " --adaptive.root-registry.directory=$ODD/registry", REGISTRY_DIRECTORY),

		HOME_UNSET("", "env -u HOME", OWN_DIRECTORY, null),

		NUMERIC_USER_AND_OWN_DIRECTORY("", NUMERIC_USER + " env -u HOME", OWN_DIRECTORY, null),

		NUMERIC_USER_WITHOUT_A_DIRECTORY("", NUMERIC_USER + " env -u HOME", "", null),

		NUMERIC_USER_AS_ROOT_REGISTRY("", NUMERIC_USER + " env -u HOME", AS_ROOT_REGISTRY,
				"this user has no home directory, so that a root registry needs adaptive.root-registry.directory"),

		READ_ONLY_ROOT_AS_ROOT_REGISTRY(READ_ONLY_ROOT, "", AS_ROOT_REGISTRY, REGISTRY_DIRECTORY);

		private final String preparation;

		private final String launcher;

		private final String arguments;

		private final String failure;

		Machine(String preparation, String launcher, String arguments, String failure) {
			this.preparation = preparation;
			this.launcher = launcher;
			this.arguments = arguments;
			this.failure = failure;
		}

	}

}
