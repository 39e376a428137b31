package io.adaptive.gshell.supervisor;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import io.adaptive.gshell.SlowTest;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Archives of the classes of groups: that one is made and used, and that any other file
 * costs time only.
 */
@SlowTest
class GroupArchiveTests {

	private static final int AOT_SINCE = 25;

	private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

	@TempDir
	private Path folder;

	@Test
	void anArchiveIsMadeOnceAndUsedAndADamagedOneDoesNoHarm() throws IOException {
		String classPath = jars();
		Path file = this.folder.resolve("archives/group.archive");
		GroupArchive archive = new GroupArchive(file);
		GroupCommand command = new GroupCommand(JAVA_HOME.resolve("bin/java"), Groups.OPTIONS, classPath, null,
				archive);
		Path newest = Files.writeString(this.folder.resolve("newest"), "");
		Files.createDirectories(file.getParent());
		Files.writeString(file.resolveSibling("group.archive.new1"), "left");
		archive.makeUnlessThere(command, newest);
		assertThat(names(file.getParent())).containsExactly("group.archive", "group.archive.lock");
		FileTime made = Files.getLastModifiedTime(file);
		Files.writeString(file.resolveSibling("group.archive.new2.config"), "left");
		archive.makeUnlessThere(command, newest);
		assertThat(Files.getLastModifiedTime(file)).isEqualTo(made);
		assertThat(names(file.getParent())).containsExactly("group.archive", "group.archive.lock");
		assertThat(isMapped(classPath, archive, file)).isTrue();
		damage(file);
		isMapped(classPath, archive, file);
	}

	@Test
	void aBrokenOrForeignArchiveCostsTimeOnly() throws IOException {
		Path broken = Files.writeString(this.folder.resolve("broken"), "no archive");
		Path foreign = Files.copy(JAVA_HOME.resolve("lib/server/classes_nocoops.jsa"), this.folder.resolve("foreign"));
		Path folderInstead = Files.createDirectory(this.folder.resolve("folder"));
		String classPath = System.getProperty("java.class.path");
		for (Path file : List.of(broken, foreign, folderInstead, this.folder.resolve("missing"))) {
			assertThat(isMapped(classPath, new GroupArchive(file), file)).as(file.toString()).isFalse();
		}
	}

	@Test
	void anArchiveThatCannotBeMadeLeavesNothing() throws IOException {
		Path file = this.folder.resolve("archives/group.archive");
		GroupArchive archive = new GroupArchive(file);
		GroupCommand command = new GroupCommand(Path.of("/bin/false"), List.of(), "none", null, archive);
		archive.makeUnlessThere(command, this.folder);
		assertThat(names(file.getParent())).containsExactly("group.archive.lock");
		new GroupArchive(Path.of("/proc/archives/group.archive")).makeUnlessThere(command, this.folder);
	}

	/**
	 * Runs a job in a new group, and tells whether its process has the file in its
	 * memory.
	 */
	private static boolean isMapped(String classPath, GroupArchive archive, Path file) throws IOException {
		try (Groups groups = new Groups(classPath, archive)) {
			Connection group = groups.group("one");
			String id = Groups.run(group, Groups.job("hello", "System.out.println(\"Hello\");"));
			Groups.awaitStatus(group, id, JobStatus.EXITED_OK);
			assertThat(Groups.log(group, id, -1)).isEqualTo("Hello\n");
			assertThat(Groups.info(group).starts()).isEqualTo(1);
			List<String> maps = Files.readAllLines(Path.of("/proc/%s/smaps".formatted(Groups.info(group).pid())));
			long resident = kilobytes(maps, file, "Rss:");
			long written = kilobytes(maps, file, "Private_Dirty:");
			System.out.printf("%s: %s KB resident, %s KB of them written%n", file, resident, written);
			if (Runtime.version().feature() >= AOT_SINCE) {
				// At another address than its own each page with a pointer is written.
				// Java 17
				// writes each page of an archive of this kind anyway.
				assertThat(written).isLessThanOrEqualTo(resident / 2);
			}
			return resident > 0;
		}
	}

	/** Sum of a field over the mappings of a file. */
	private static long kilobytes(List<String> maps, Path file, String field) {
		long sum = 0;
		boolean ofFile = false;
		for (String line : maps) {
			if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
				ofFile = line.endsWith(file.toString());
			}
			else if (ofFile && line.startsWith(field)) {
				sum += Long.parseLong(line.replaceAll("\\D", ""));
			}
		}
		return sum;
	}

	private static void damage(Path file) throws IOException {
		file.toFile().setWritable(true);
		try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
			byte[] noise = new byte[1 << 20];
			new Random(1).nextBytes(noise);
			for (long at = 1 << 20; at < content.length() - noise.length; at += 4 << 20) {
				content.seek(at);
				content.write(noise);
			}
		}
	}

	private static List<String> names(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	/**
	 * The class path of this test as the distribution has it: jars in place of folders,
	 * of which there are no archives, and the jar of the compiler without its signature.
	 */
	private String jars() throws IOException {
		List<String> entries = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
			Path path = Path.of(entry);
			Path jar = this.folder.resolve("entry%s.jar".formatted(entries.size()));
			if (Files.isDirectory(path)) {
				entries.add(jar(path, jar).toString());
			}
			else if (path.getFileName().toString().startsWith("ecj-")) {
				try (FileSystem content = FileSystems.newFileSystem(path)) {
					entries.add(jar(content.getPath("/"), jar).toString());
				}
			}
			else {
				entries.add(entry);
			}
		}
		return String.join(File.pathSeparator, entries);
	}

	private static Path jar(Path folder, Path jar) throws IOException {
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream out = new JarOutputStream(file);
				Stream<Path> content = Files.walk(folder)) {
			for (Path each : content.filter(Files::isRegularFile).toList()) {
				String name = folder.relativize(each).toString();
				if (!name.matches("META-INF/.*\\.(SF|RSA)")) {
					out.putNextEntry(new JarEntry(name));
					out.write(Files.readAllBytes(each));
				}
			}
		}
		return jar;
	}

}
