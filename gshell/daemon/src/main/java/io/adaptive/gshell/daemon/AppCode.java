package io.adaptive.gshell.daemon;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.adaptive.gshell.code.ArtifactFolder;
import io.adaptive.gshell.code.ArtifactSource;
import io.adaptive.gshell.code.BundleCompiler;
import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CodeRepository;
import io.adaptive.gshell.code.CompiledCode;
import io.adaptive.gshell.code.CompiledCodeCache;
import io.adaptive.gshell.command.DaemonOptions;
import io.adaptive.gshell.group.AppClassPath;
import io.adaptive.gshell.message.PrepareApp;
import io.adaptive.gshell.message.PreparedApp;
import io.adaptive.gshell.message.RepositoryEntry;
import io.adaptive.gshell.message.RepositoryListing;
import io.adaptive.gshell.message.group.BundleContent;
import io.adaptive.gshell.state.WorkFolder;
import io.adaptive.gshell.weave.Weaver;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The code of apps: of the repository in a local folder, and what commands send along.
 */
@Component
class AppCode {

	private static final long CACHE_BYTES = 256 << 20;

	/** Folder of the distribution. */
	static final String ARTIFACTS = "repository";

	private final @Nullable CodeRepository repository;

	private final ArtifactSource artifacts;

	private final Path cache;

	/**
	 * Opens the repository.
	 * @throws CodeException if the folder cannot be read
	 */
	AppCode(DaemonOptions options, WorkFolder folder) {
		Path home = options.home();
		Path apps = (options.repository() != null || home == null) ? options.repository() : home.resolve("grepo");
		this.repository = (apps != null) ? CodeRepository.of(apps.toAbsolutePath().normalize()) : null;
		this.artifacts = (home != null) ? new ArtifactFolder(home.resolve(ARTIFACTS)) : ArtifactSource.NONE;
		this.cache = folder.path().resolve("cache");
	}

	/**
	 * The address of the repository; {@code null} if there is none.
	 */
	@Nullable String address() {
		return (this.repository != null) ? this.repository.toString() : null;
	}

	/**
	 * Lists a folder of the repository.
	 */
	RepositoryListing list(@Nullable String path) {
		if (path == null) {
			return new RepositoryListing(address(), null, null, List.of());
		}
		CodeRepository from = required();
		return Refusals.of(() -> new RepositoryListing(address(), null, null,
				from.list(path).stream().map((each) -> new RepositoryEntry(each.name(), each.folder())).toList()));
	}

	/**
	 * Returns the bundle of an app.
	 * @param app path in the repository
	 * @param sent code that the command has sent along, which wins
	 */
	CodeBundle bundle(String app, @Nullable BundleContent sent) {
		if (sent == null) {
			CodeRepository from = required();
			return Refusals.of(() -> from.bundle(app));
		}
		Map<String, byte[]> files = new HashMap<>();
		sent.files().forEach((file) -> files.put(file.name(), file.content()));
		return Refusals.of(() -> CodeBundle.of(sent.app(), files));
	}

	/**
	 * Compiles an app and keeps the code.
	 */
	PreparedApp prepare(PrepareApp request) {
		CodeBundle bundle = bundle(request.app(), request.bundle());
		return Refusals.of(() -> {
			try (BundleCompiler compiler = new BundleCompiler(AppClassPath.find(AppCode.class.getClassLoader()),
					this.artifacts)) {
				CompiledCode code = new CompiledCodeCache(this.cache, CACHE_BYTES).get(bundle, compiler, Weaver.VERSION,
						(compiled) -> compiled);
				return new PreparedApp(bundle.app(), bundle.checksum(), code.mainClass(), bundle.files().size(),
						compiler.name(), code.warnings());
			}
		});
	}

	private CodeRepository required() {
		if (this.repository == null) {
			throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION,
					"The daemon has no code repository; start it with --repo DIR, or name a local file or folder");
		}
		return this.repository;
	}

}
