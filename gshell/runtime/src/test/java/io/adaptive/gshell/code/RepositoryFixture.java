package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A repository in a folder of a test.
 */
record RepositoryFixture(Path root) {

	static final String MAIN = "public static void main(String[] args) { }";

	RepositoryFixture with(String file, String content) throws IOException {
		Path path = this.root.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, content);
		return this;
	}

	RepositoryFixture withLink(String link, String target) throws IOException {
		Path path = this.root.resolve(link);
		Files.createDirectories(path.getParent());
		Files.createSymbolicLink(path, Path.of(target));
		return this;
	}

	CodeRepository open() {
		return CodeRepository.of(this.root);
	}

	CodeBundle bundle(String app) {
		return open().bundle(app);
	}

}
