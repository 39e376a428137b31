package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads bundles as a user without rights. Its classes are copied to where this user can
 * read them.
 */
final class OtherUser {

	private OtherUser() {
	}

	static List<String> bundles(Path folder, Path root, List<String> apps) throws IOException, InterruptedException {
		Path classes = folder.resolve("classes/io/adaptive/gshell/code");
		Files.createDirectories(classes);
		copy(CodeBundle.class, classes);
		copy(OtherUser.class, classes);
		List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
				ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
				"-cp", folder.resolve("classes").toString(), OtherUser.class.getName(), root.toString()));
		command.addAll(apps);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		List<String> lines = process.inputReader().lines().toList();
		process.waitFor();
		return lines;
	}

	private static void copy(Class<?> type, Path target) throws IOException {
		Path source = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
			.resolve("io/adaptive/gshell/code");
		try (Stream<Path> files = Files.list(source)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	public static void main(String[] args) {
		CodeRepository repository = CodeRepository.of(Path.of(args[0]));
		for (String app : List.of(args).subList(1, args.length)) {
			try {
				System.out.println("%s (%s files)".formatted(app, repository.bundle(app).files().size()));
			}
			catch (CodeException ex) {
				System.out.println(ex.getMessage());
			}
		}
	}

}
