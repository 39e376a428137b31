package io.adaptive.gshell.group;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.adaptive.gshell.code.Artifact;
import io.adaptive.gshell.code.ArtifactSelection;
import io.adaptive.gshell.code.ArtifactSource;
import io.adaptive.gshell.code.BundleCompiler;
import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CompiledCode;
import io.adaptive.gshell.code.CompiledCodeCache;
import io.adaptive.gshell.job.JobCode;
import io.adaptive.gshell.weave.Weaver;

/**
 * Compiles bundles for the jobs of a group, with a cache that all groups share.
 */
final class JobCompiler implements Closeable {

	private static final long CACHE_BYTES = 256L << 20;

	/** Classes that the compiler needs are loaded before the first job. */
	private static final String TINY = "class Tiny { public static void main(String[] args) { System.out.print(\"\"); } }";

	private final CompiledCodeCache cache;

	private final BundleCompiler compiler;

	private final SharedClasses shared;

	JobCompiler(Path cache, SharedClasses shared, ArtifactSource artifacts) {
		this.cache = new CompiledCodeCache(cache, CACHE_BYTES);
		this.compiler = new BundleCompiler(AppClassPath.find(shared), artifacts);
		this.shared = shared;
	}

	/**
	 * Compiles a bundle, or takes it from the cache.
	 * @throws io.adaptive.gshell.code.CodeException if it does not compile or is no app
	 */
	JobCode compile(CodeBundle bundle) {
		CompiledCode code = this.cache.get(bundle, this.compiler, Weaver.VERSION, (compiled) -> compiled);
		return JobCode.of(code, artifacts(bundle).added());
	}

	/**
	 * Returns the artifacts of a bundle beside those of the group, which win.
	 * @throws io.adaptive.gshell.code.CodeException if one cannot be had
	 */
	ArtifactSelection artifacts(CodeBundle bundle) {
		List<Artifact> artifacts = this.compiler.dependencies(bundle);
		return artifacts.isEmpty() ? ArtifactSelection.EMPTY : ArtifactSelection.of(artifacts, this.shared);
	}

	/**
	 * Compiles a tiny app, without the cache.
	 */
	JobCode warmUp() {
		CodeBundle tiny = CodeBundle.of("Tiny.java", Map.of("Tiny.java", TINY.getBytes(StandardCharsets.UTF_8)));
		return JobCode.of(this.compiler.compile(tiny));
	}

	@Override
	public void close() {
		this.compiler.close();
	}

}
