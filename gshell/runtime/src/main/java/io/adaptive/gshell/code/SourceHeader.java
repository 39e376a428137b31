package io.adaptive.gshell.code;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The header comments of a source file.
 *
 * @param dependencies artifacts {@code group:artifact:version} of {@code //DEPS}
 * @param sources further files of the repository, as {@code //SOURCES} names them
 * @param mainClass the binary name of {@code //MAIN}
 * @param java the least Java release, 0 without {@code //JAVA}
 * @param guarded whether the stop check is woven in: not after {@code //GUARD off}
 */
record SourceHeader(List<String> dependencies, List<SourceReference> sources, @Nullable MainReference mainClass,
		int java, boolean guarded) {

	/**
	 * Reads the comments above the first line of code.
	 * @param file the name of the file, for errors
	 * @param text its content
	 * @return the header; without header comments an empty one
	 * @throws CodeException if a header comment cannot be read
	 */
	static SourceHeader parse(String file, String text) {
		return new SourceHeaderParser(file).parse(text);
	}

	/**
	 * A file named by {@code //SOURCES}.
	 *
	 * @param path the path as written
	 * @param line the line of the comment
	 */
	record SourceReference(String path, int line) {

	}

	/**
	 * The class named by {@code //MAIN}.
	 *
	 * @param name the binary name
	 * @param line the line of the comment
	 */
	record MainReference(String name, int line) {

	}

	/**
	 * Values read so far.
	 */
	static final class Builder {

		private final List<String> dependencies = new ArrayList<>();

		private final List<SourceReference> sources = new ArrayList<>();

		private @Nullable MainReference mainClass;

		private int java;

		private boolean guarded = true;

		void dependency(String artifact) {
			this.dependencies.add(artifact);
		}

		void source(SourceReference source) {
			this.sources.add(source);
		}

		boolean mainClass(MainReference main) {
			boolean first = this.mainClass == null;
			this.mainClass = main;
			return first;
		}

		boolean java(int release) {
			boolean first = this.java == 0;
			this.java = release;
			return first;
		}

		boolean unguarded() {
			boolean first = this.guarded;
			this.guarded = false;
			return first;
		}

		SourceHeader build() {
			return new SourceHeader(List.copyOf(this.dependencies), List.copyOf(this.sources), this.mainClass,
					this.java, this.guarded);
		}

	}

}
