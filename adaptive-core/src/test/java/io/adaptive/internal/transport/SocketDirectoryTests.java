package io.adaptive.internal.transport;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.OpenResources;
import io.adaptive.fixture.ParallelThreads;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.message.SocketDirectoryException;
import io.adaptive.node.AdaptiveNode;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class SocketDirectoryTests {

	private static final ServiceName SERVICE = new ServiceName("test", "a");

	@RegisterExtension
	private final LogLines log = new LogLines();

	@TempDir
	Path temporary;

	private Path path;

	@BeforeEach
	void choosePath() {
		this.path = this.temporary.resolve("sockets");
	}

	private static Instance instance(long incarnation) {
		return new Instance(new ProviderId("here"), incarnation);
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(this.path)) {
			return files.toList();
		}
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	@Test
	void isMadeForItsUserAlone() throws IOException {
		assertThat(new SocketDirectory(this.path).path()).isEqualTo(this.path);
		assertThat(permissions(this.path)).isEqualTo("rwx------");
		assertThatNoException().as("it may be there already").isThrownBy(() -> new SocketDirectory(this.path));
		assertThat(files()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "rwxr-xr-x", "rwx--x---", "rwx-----x", "rwxrwxrwx" })
	void isRefusedIfOthersMayEnter(String permissions) throws IOException {
		Files.createDirectory(this.path);
		Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString(permissions));
		assertThatRefused().withMessageContaining("may be entered by other users (%s)".formatted(permissions))
			.satisfies((refused) -> assertThat(refused.remedy()).isNull());
		assertThat(files()).isEmpty();
	}

	private ThrowableAssertAlternative<SocketDirectoryException> assertThatRefused() {
		return assertThatExceptionOfType(SocketDirectoryException.class)
			.isThrownBy(() -> new SocketDirectory(this.path))
			.withMessageStartingWith("Socket directory %s ".formatted(this.path))
			.satisfies((refused) -> assertThat(refused.directory()).isEqualTo(this.path));
	}

	@Test
	void theModeOfADirectoryThatNodesHaveMadeForThemselvesCanBePutRight() throws IOException {
		try (SocketPlace place = new SocketDirectory(this.path).claim(instance(1))) {
			place.publish(SERVICE);
			Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rwxr-xr-x"));
			assertThatRefused()
				.satisfies((refused) -> assertThat(refused.remedy()).isEqualTo("run: chmod 700 " + this.path));
			Files.createFile(this.path.resolve("letter.txt"));
			assertThatRefused().satisfies((refused) -> assertThat(refused.remedy()).isNull());
			Files.delete(this.path.resolve("letter.txt"));
			Files.setAttribute(this.path, "unix:mode", 01755);
			assertThatRefused().satisfies((refused) -> assertThat(refused.remedy()).isNull());
		}
	}

	@Test
	void isRefusedIfItIsALinkEvenToADirectoryOfTheUser() throws IOException {
		Path target = new SocketDirectory(this.temporary.resolve("target")).path();
		Files.createSymbolicLink(this.path, target);
		assertThatRefused().withMessageEndingWith("is a link, not a directory");
	}

	@Test
	void isRefusedIfItIsAFile() throws IOException {
		Files.createFile(this.path);
		assertThatRefused().withMessageEndingWith("is not a directory");
	}

	@Test
	void isRefusedIfItBelongsToSomebodyElse() throws IOException {
		new SocketDirectory(this.path);
		try {
			Files.setAttribute(this.path, "unix:uid", 65534);
		}
		catch (IOException ex) {
			assumeThat(false).as("only root can give a directory away").isTrue();
		}
		assertThatRefused().withMessageContaining("belongs to");
	}

	@Test
	void saysWhichDirectoryCannotBeMadeAndWhy() {
		this.path = this.temporary.resolve("no").resolve("such");
		assertThatRefused().withMessageEndingWith("the directory in which it is to be does not exist");
	}

	@Test
	void theDefaultIsOnePerUser() throws IOException {
		assertThat(SocketDirectory.defaultPath().getFileName().toString())
			.isEqualTo("adaptive-" + Files.getAttribute(this.temporary, "unix:uid"));
		assertThat(SocketDirectory.defaultPath().getParent()).isEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
	}

	@Test
	void whatIsPublishedIsFoundUntilItIsTakenBack() {
		SocketDirectory directory = new SocketDirectory(this.path);
		try (SocketPlace place = directory.claim(instance(1))) {
			assertThat(directory.find(ServicePattern.of(SERVICE))).isEmpty();
			ProcessTable.Registration registration = place.publish(SERVICE);
			assertThat(directory.find(ServicePattern.of(SERVICE))).containsExactly(
					new ServiceInstance(SERVICE, instance(1), Scope.OS, new Endpoint.UnixSocket(place.socket())));
			assertThat(directory.find(ServicePattern.of(new ServiceName("test", "b")))).isEmpty();
			registration.close();
			registration.close();
			assertThat(directory.find(ServicePattern.of(SERVICE))).isEmpty();
		}
	}

	@Test
	void anyNameCanBePublished() {
		SocketDirectory directory = new SocketDirectory(this.path);
		ServiceName service = new ServiceName("日".repeat(42), "ü.-:é".repeat(18));
		try (SocketPlace place = directory.claim(instance(-1))) {
			place.publish(service);
			assertThat(directory.find(ServicePattern.of(service))).singleElement()
				.extracting(ServiceInstance::instance)
				.isEqualTo(instance(-1));
		}
	}

	@Test
	void twoNodesOfOneProgramAreTwoInstances() throws IOException {
		SocketDirectory one = new SocketDirectory(this.path);
		SocketDirectory other = new SocketDirectory(this.path);
		try (SocketPlace first = one.claim(instance(1))) {
			try (SocketPlace second = other.claim(instance(2))) {
				first.publish(SERVICE);
				second.publish(SERVICE);
				assertThat(one.find(ServicePattern.of(SERVICE))).extracting(ServiceInstance::instance)
					.containsExactlyInAnyOrder(instance(1), instance(2));
				assertThat(first.socket()).isNotEqualTo(second.socket());
			}
			assertThat(other.find(ServicePattern.of(SERVICE))).extracting(ServiceInstance::instance)
				.containsExactly(instance(1));
		}
		assertThat(files()).isEmpty();
	}

	@Test
	void aPathThatDoesNotFitIntoASocketAddressIsRefusedWithTheLimit() throws IOException {
		Path longest = this.temporary.resolve("x".repeat(72 - this.temporary.toString().length() - 1));
		try (SocketPlace place = new SocketDirectory(longest).claim(instance(1))) {
			assertThat(place.socket().toString()).hasSize(103);
		}
		this.path = this.temporary.resolve("x".repeat(73 - this.temporary.toString().length() - 1));
		assertThatRefused().withMessageContaining("73 bytes, at most 72 are possible").withMessageContaining("103");
		assertThat(this.path).doesNotExist();
		assertThatIllegalArgumentException().isThrownBy(() -> AdaptiveNode.builder().socketDirectory(this.path))
			.withMessageContaining("73 bytes, at most 72 are possible");
		assertThatIllegalArgumentException().isThrownBy(() -> AdaptiveNode.builder().sharedSocketDirectory(this.path))
			.withMessageContaining("73 bytes, at most 72 are possible");
	}

	@Test
	void aPathOfFewLongCharactersIsMeasuredInBytes() {
		String charset = System.getProperty("sun.jnu.encoding");
		assumeTrue(Charset.forName(charset).newEncoder().canEncode('日'),
				() -> "names of files are %s here".formatted(charset));
		assertThatIllegalArgumentException().isThrownBy(() -> SocketDirectory.checkPath(Path.of("/", "日".repeat(24))))
			.withMessageContaining("73 bytes");
	}

	@Test
	void whatAKilledProgramLeftIsNotFoundAndTheNextStartTakesItsPlace() throws IOException {
		SocketDirectory directory = new SocketDirectory(this.path);
		try (ChildJvm child = ChildJvm.start(SocketDirectoryProgram.class, this.path, 7, "a", "b")) {
			child.awaitLine("ready");
			assertThat(directory.find(ServicePattern.of(SERVICE))).hasSize(1);
			child.kill();
		}
		assertThat(files()).as("lock, id, socket and two entries").hasSize(5);
		assertThat(directory.find(ServicePattern.of(SERVICE))).isEmpty();
		try (SocketPlace place = directory.claim(instance(8))) {
			assertThat(files()).as("only the new lock and id").hasSize(2);
			place.publish(SERVICE);
			assertThat(directory.find(ServicePattern.of(SERVICE))).extracting(ServiceInstance::instance)
				.containsExactly(instance(8));
		}
		assertThat(files()).isEmpty();
	}

	@Test
	void whatALivingProgramHasIsNotTaken() throws Exception {
		SocketDirectory directory = new SocketDirectory(this.path);
		try (ChildJvm child = ChildJvm.start(SocketDirectoryProgram.class, this.path, 7, "a")) {
			child.awaitLine("ready");
			List<Path> before = files();
			ParallelThreads.run(8, (number) -> {
				for (int i = 0; i < 50; i++) {
					try (SocketPlace place = directory.claim(instance(100 * number + i))) {
						assertThat(directory.find(ServicePattern.of(SERVICE))).as("round %d", i).hasSize(1);
						assertThat(place.socket()).doesNotExist();
					}
				}
			});
			assertThat(files()).containsExactlyInAnyOrderElementsOf(before);
			assertThat(child.stop()).isZero();
			assertThat(files()).isEmpty();
		}
	}

	@Test
	void aLivingProgramIsFoundByManyThreadsAtOnce() throws Exception {
		new SocketDirectory(this.path);
		try (ChildJvm child = ChildJvm.start(SocketDirectoryProgram.class, this.path, 7, "a")) {
			child.awaitLine("ready");
			ParallelThreads.run(8, (number) -> {
				SocketDirectory directory = new SocketDirectory(this.path);
				for (int i = 0; i < 500; i++) {
					assertThat(directory.find(ServicePattern.of(SERVICE))).as("round %d", i).hasSize(1);
				}
			});
		}
	}

	@Test
	void whatNoNodeOwnsIsClearedAway() throws IOException {
		SocketDirectory directory = new SocketDirectory(this.path);
		String dead = "0123456789abcdef-00000001";
		Files.createFile(this.path.resolve(dead + ".sock"));
		Files.createFile(this.path.resolve("fedcba9876543210." + dead));
		Files.createFile(this.path.resolve(dead + ".fedcba9876543210"));
		Path oldClaim = Files.createFile(this.path.resolve(dead + ".claim"));
		Files.setLastModifiedTime(oldClaim, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
		Path newClaim = Files.createFile(this.path.resolve("0123456789abcdef-00000002.claim"));
		try (SocketPlace place = directory.claim(instance(1))) {
			assertThat(files()).as("somebody may be about to take a place")
				.hasSize(3)
				.contains(newClaim)
				.noneMatch((file) -> file.toString().contains(dead));
			assertThat(place.socket()).doesNotExist();
		}
	}

	@Test
	void anEntryThatCannotBeReadDoesNotHideTheOthers() throws IOException {
		SocketDirectory directory = new SocketDirectory(this.path);
		try (SocketPlace place = directory.claim(instance(1)); SocketPlace other = directory.claim(instance(2))) {
			place.publish(SERVICE);
			other.publish(SERVICE);
			Path entry = files().stream()
				.filter((file) -> file.toString().endsWith("-00000001"))
				.findFirst()
				.orElseThrow();
			for (String damaged : List.of("", "test\na\nhere", "test\na\nhere\nnothex", "test\na\n\n1",
					"other\nb\nx\n1")) {
				Files.writeString(entry, damaged);
				assertThat(directory.find(ServicePattern.of(SERVICE))).extracting(ServiceInstance::instance)
					.containsExactly(instance(2));
			}
			Files.write(entry, new byte[] { (byte) 0xff, (byte) 0xfe });
			assertThat(directory.find(ServicePattern.of(SERVICE))).hasSize(1);
			assertThat(this.log.warnings()).isNotEmpty().allMatch((line) -> line.contains(entry.toString()));
		}
	}

	@Test
	void whoWatchesIsToldOfWhatAppearsAndGoes() throws Exception {
		SocketDirectory directory = new SocketDirectory(this.path);
		Semaphore changes = new Semaphore(0);
		try (SocketPlace place = directory.claim(instance(1));
				ProcessTable.Registration watch = directory.watch(changes::release)) {
			assertThat(watch).isNotNull();
			ProcessTable.Registration registration = place.publish(SERVICE);
			assertThat(changes.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
			awaitSilence(changes);
			registration.close();
			assertThat(changes.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void whoWatchesIsToldAlsoAfterTheDirectoryWasRemovedAndMadeAgain() throws Exception {
		SocketDirectory directory = new SocketDirectory(this.path);
		Semaphore changes = new Semaphore(0);
		try (ProcessTable.Registration watch = directory.watch(changes::release)) {
			assertThat(watch).isNotNull();
			Files.delete(this.path);
			assertThat(changes.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
			try (SocketPlace place = new SocketDirectory(this.path).claim(instance(1))) {
				assertThat(changes.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
				awaitSilence(changes);
				place.publish(SERVICE);
				assertThat(changes.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
			}
		}
	}

	private static void awaitSilence(Semaphore changes) {
		Awaitility.await().pollInterval(Duration.ofMillis(100)).until(() -> changes.drainPermits() == 0);
	}

	@Test
	void anyNumberMayWatchWithOneThreadWhichEndsWithTheLast() {
		SocketDirectory directory = new SocketDirectory(this.path);
		OpenResources before = OpenResources.now();
		List<Semaphore> told = Stream.generate(() -> new Semaphore(0)).limit(300).toList();
		List<ProcessTable.Registration> watches = told.stream()
			.map((changes) -> directory.watch(changes::release))
			.toList();
		assertThat(OpenResources.now().threads()).hasSize(before.threads().size() + 1);
		try (SocketPlace place = directory.claim(instance(1))) {
			place.publish(SERVICE);
			assertThat(told).allSatisfy((changes) -> assertThat(changes.tryAcquire(20, TimeUnit.SECONDS)).isTrue());
		}
		watches.forEach(ProcessTable.Registration::close);
		watches.forEach(ProcessTable.Registration::close);
		Awaitility.await().until(() -> OpenResources.now().isWithin(before));
		try (ProcessTable.Registration again = directory.watch(() -> {
		})) {
			assertThat(again).isNotNull();
			assertThat(OpenResources.now().threads()).hasSize(before.threads().size() + 1);
		}
	}

}
