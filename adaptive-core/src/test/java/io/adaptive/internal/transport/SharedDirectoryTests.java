package io.adaptive.internal.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.SocketDirectoryException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A socket directory for several users.
 */
class SharedDirectoryTests {

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@TempDir
	private Path temporary;

	private Path path;

	@BeforeEach
	void choosePath() {
		this.path = this.temporary.resolve("shared");
	}

	private AdaptiveNode node() {
		return this.nodes.node((builder) -> builder.sharedSocketDirectory(this.path), Scope.OS);
	}

	private static int mode(Path file) throws IOException {
		return (int) Files.getAttribute(file, "unix:mode") & 07777;
	}

	@Test
	void isMadeSoThatNobodyCanRemoveWhatBelongsToAnother() throws IOException {
		new SocketDirectory(this.path, true);
		assertThat(mode(this.path)).isEqualTo(01777);
		new SocketDirectory(this.path, true);
	}

	@Test
	void whoMayEnterCanUseAllThatIsInIt() throws IOException {
		node().newServer().publish(Service.named("test", "echo").handle(Note.class, (note) -> note));
		try (Connection connection = node().newClient().discover("test", "echo")) {
			assertThat(connection.sendRecv(new Note("hi"), Note.class)).isEqualTo(new Note("hi"));
		}
		try (Stream<Path> files = Files.list(this.path)) {
			assertThat(files).isNotEmpty().allSatisfy((file) -> {
				int wanted = file.endsWith("provider-id") ? 0644 : 0666;
				assertThat(mode(file)).as(file.toString()).isEqualTo(wanted);
			});
		}
	}

	@Test
	void keepsThePermissionsThatWereGivenToIt() throws IOException {
		Files.createDirectory(this.path);
		Files.setAttribute(this.path, "unix:mode", 01770);
		new SocketDirectory(this.path, true);
		assertThat(mode(this.path)).isEqualTo(01770);
	}

	@Test
	void isRefusedIfItsUsersCouldReplaceEachOthersFiles() throws IOException {
		Files.createDirectory(this.path);
		Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rwxrwx---"));
		assertThatExceptionOfType(SocketDirectoryException.class).isThrownBy(() -> new SocketDirectory(this.path, true))
			.withMessageContaining("no sticky bit")
			.withMessageContaining(this.path.toString())
			.satisfies((refused) -> assertThat(refused.remedy()).isNull());
	}

	@Test
	void isRefusedIfItIsALink() throws IOException {
		Files.createSymbolicLink(this.path, this.temporary);
		assertThatExceptionOfType(SocketDirectoryException.class).isThrownBy(() -> new SocketDirectory(this.path, true))
			.withMessageEndingWith("is a link, not a directory");
	}

	record Note(String text) {
	}

}
