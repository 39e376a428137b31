package io.adaptive.sample.copyout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A file repository with what this build made, and a local repository of its own that is
 * filled from that and from what the build itself used, so that nothing is written
 * anywhere else and nothing is asked of the network.
 *
 * @param directory where all of it is
 */
record StagedRepository(Path directory) {

	private static final Path ROOT = Path.of(System.getProperty("project.root"));

	private static final String VERSION = System.getProperty("project.version");

	private static final String[] MODULES = { "adaptive-annotations", "adaptive-core",
			"adaptive-spring-boot-autoconfigure", "adaptive-spring-boot-starter" };

	static StagedRepository in(Path directory) throws IOException {
		StagedRepository repository = new StagedRepository(directory);
		repository.stage("adaptive", ROOT);
		repository.stage("adaptive-bom", ROOT.resolve("adaptive-bom"));
		for (String module : MODULES) {
			Path artifact = repository.stage(module, ROOT.resolve(module));
			Path jar = ROOT.resolve(module).resolve("target").resolve(module + "-" + VERSION + ".jar");
			assumeTrue(Files.exists(jar), "nothing is packaged: mvn verify");
			Files.copy(jar, artifact.resolve(jar.getFileName()));
		}
		Files.writeString(repository.settings(), """
				<settings>
					<localRepository>%s</localRepository>
					<offline>true</offline>
					<mirrors>
						<mirror><id>built</id><mirrorOf>central</mirrorOf><url>%s</url></mirror>
					</mirrors>
					<profiles>
						<profile>
							<id>staged</id>
							<repositories>
								<repository><id>staged</id><url>%s</url></repository>
							</repositories>
						</profile>
					</profiles>
					<activeProfiles><activeProfile>staged</activeProfile></activeProfiles>
				</settings>
				""".formatted(directory.resolve("local"), Path.of(System.getProperty("maven.repository")).toUri(),
				repository.staged().toUri()));
		return repository;
	}

	private Path stage(String artifact, Path module) throws IOException {
		Path target = staged().resolve("io/adaptive").resolve(artifact).resolve(VERSION);
		Files.createDirectories(target);
		Files.copy(module.resolve("pom.xml"), target.resolve(artifact + "-" + VERSION + ".pom"));
		return target;
	}

	private Path staged() {
		return this.directory.resolve("staged");
	}

	Path settings() {
		return this.directory.resolve("settings.xml");
	}

}
