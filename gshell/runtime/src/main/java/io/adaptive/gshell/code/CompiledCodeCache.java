package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled code in a folder, so that code that has not changed is not compiled again. An
 * entry is one file, known by the checksum of the bundle, the compiler, the Java release,
 * the class path, the artifacts and the version of the weaving.
 * <p>
 * A cache costs time at worst: an entry that is damaged, of another format or unreadable
 * is made again; if none can be written the code is returned all the same. Above the size
 * limit the entries not used for the longest time are deleted. Several threads and
 * processes can use one folder at once.
 */
public final class CompiledCodeCache {

	private static final Logger logger = LoggerFactory.getLogger(CompiledCodeCache.class);

	private final CacheFolder folder;

	/**
	 * Makes a cache.
	 * @param folder the folder, made when the first entry is written, for this user only
	 * @param maxBytes the size limit of all entries together, in bytes
	 */
	public CompiledCodeCache(Path folder, long maxBytes) {
		this(folder, maxBytes, Clock.systemUTC());
	}

	CompiledCodeCache(Path folder, long maxBytes, Clock clock) {
		this.folder = new CacheFolder(folder.toAbsolutePath().normalize(), maxBytes, clock);
	}

	/**
	 * Returns the code of a bundle, from the cache or compiled, woven and kept now.
	 * @param bundle the bundle
	 * @param compiler the compiler
	 * @param weaving the version of the weaving, which changes whenever its result does
	 * @param weave makes the code that is kept and run of the code that was compiled
	 * @return the woven code
	 * @throws CompilationException if the source does not compile
	 * @throws CodeException if the bundle is refused for another reason; what is refused
	 * is not kept
	 */
	public CompiledCode get(CodeBundle bundle, BundleCompiler compiler, String weaving,
			UnaryOperator<CompiledCode> weave) {
		String key = "%s\n%s\n%s".formatted(bundle.checksum(), compiler.fingerprint(bundle), weaving);
		Path file = this.folder.file("%s-%s.code".formatted(bundle.checksum(), Sha256.of(key).substring(0, 16)));
		CompiledCode kept = read(file, key);
		if (kept != null) {
			return kept;
		}
		CompiledCode code = weave.apply(compiler.compile(bundle));
		keep(file, CompiledCodeFile.encode(key, code));
		return code;
	}

	private @Nullable CompiledCode read(Path file, String key) {
		try {
			CompiledCode code = CompiledCodeFile.decode(key, this.folder.read(file));
			this.folder.touch(file);
			return code;
		}
		catch (NoSuchFileException ex) {
			return null;
		}
		catch (IOException ex) {
			logger.warn("compiled code is made again file={} reason=\"{}\"", file, Reasons.of(ex));
			return null;
		}
	}

	private void keep(Path file, byte[] content) {
		try {
			this.folder.write(file, content);
		}
		catch (IOException ex) {
			logger.warn("compiled code is not kept file={} reason=\"{}\"", file, Reasons.of(ex));
		}
	}

}
