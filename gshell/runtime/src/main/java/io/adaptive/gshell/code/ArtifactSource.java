package io.adaptive.gshell.code;

import java.util.List;

/**
 * Artifacts that {@code //DEPS} names. Implementations are safe for use by several
 * threads.
 */
@FunctionalInterface
public interface ArtifactSource {

	/** Without any artifact. */
	ArtifactSource NONE = (coordinates) -> {
		throw new CodeException(
				"this program has no repository of artifacts; run bin/gsh of the distribution, or take the sources into the code repository and name them by //SOURCES");
	};

	/**
	 * Returns an artifact and all it needs at run time. The files have been compared with
	 * their checksums.
	 * @param coordinates {@code group:artifact:version}
	 * @return the jars, the artifact's own first
	 * @throws CodeException if the artifact is unknown, or a file is missing or not the
	 * expected one
	 */
	List<Artifact> closure(String coordinates);

}
