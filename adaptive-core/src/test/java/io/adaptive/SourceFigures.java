package io.adaptive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

/**
 * Sizes of source files, as written: the files are parsed, not compiled.
 *
 * @param files the files, the largest first
 * @param methods the methods and constructors, the longest first
 * @param constructors the constructors with parameters, the one with most first; the
 * canonical constructor of a record counts only where it repeats its parameters
 */
record SourceFigures(List<Size> files, List<Size> methods, List<Size> constructors) {

	/**
	 * Parses the Java files of a folder and the folders in it.
	 * @param folder the folder
	 * @return the sizes
	 * @throws IOException if a file cannot be read
	 */
	static SourceFigures of(Path folder) throws IOException {
		List<Size> files = new ArrayList<>();
		Sizes sizes;
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (Stream<Path> found = Files.walk(folder);
				StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
			List<Path> sources = found.filter((path) -> path.toString().endsWith(".java")).toList();
			for (Path source : sources) {
				files.add(new Size(name(source), Files.readAllLines(source).size()));
			}
			JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
					manager.getJavaFileObjectsFromPaths(sources));
			sizes = new Sizes(Trees.instance(task).getSourcePositions());
			for (CompilationUnitTree file : task.parse()) {
				sizes.scan(file, file);
			}
		}
		return new SourceFigures(sorted(files), sorted(sizes.methods), sorted(sizes.constructors));
	}

	private static List<Size> sorted(List<Size> sizes) {
		return sizes.stream().sorted((one, other) -> Integer.compare(other.size(), one.size())).toList();
	}

	private static String name(Path source) {
		return source.getFileName().toString().replace(".java", "");
	}

	int medianFile() {
		return this.files.get(this.files.size() / 2).size();
	}

	/**
	 * The size of something.
	 *
	 * @param name name of the file without ending, with type and method where it has them
	 * @param size lines, or number of parameters
	 */
	record Size(String name, int size) {

		@Override
		public String toString() {
			return this.name + " " + this.size;
		}

	}

	private static final class Sizes extends TreeScanner<Void, CompilationUnitTree> {

		private final List<Size> methods = new ArrayList<>();

		private final List<Size> constructors = new ArrayList<>();

		private final SourcePositions positions;

		private String type = "";

		Sizes(SourcePositions positions) {
			this.positions = positions;
		}

		@Override
		public Void visitClass(ClassTree node, CompilationUnitTree file) {
			String outer = this.type;
			this.type = outer.isEmpty() ? node.getSimpleName().toString() : outer + "." + node.getSimpleName();
			super.visitClass(node, file);
			this.type = outer;
			return null;
		}

		@Override
		public Void visitMethod(MethodTree node, CompilationUnitTree file) {
			boolean constructor = node.getName().contentEquals("<init>");
			String name = constructor ? this.type : this.type + "." + node.getName();
			this.methods.add(new Size(name, line(file, this.positions.getEndPosition(file, node))
					- line(file, this.positions.getStartPosition(file, node)) + 1));
			if (constructor && !node.getParameters().isEmpty() && !isCompact(node, file)) {
				this.constructors.add(new Size(name, node.getParameters().size()));
			}
			return super.visitMethod(node, file);
		}

		/**
		 * The parser gives a compact constructor the parameters of its record.
		 */
		private boolean isCompact(MethodTree node, CompilationUnitTree file) {
			long modifiers = this.positions.getEndPosition(file, node.getModifiers());
			long start = Math.max(modifiers, this.positions.getStartPosition(file, node));
			long body = this.positions.getStartPosition(file, node.getBody());
			try {
				CharSequence text = file.getSourceFile().getCharContent(true);
				return text.subSequence((int) start, (int) body).chars().noneMatch((each) -> each == '(');
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static int line(CompilationUnitTree file, long position) {
			return (int) file.getLineMap().getLineNumber(position);
		}

	}

}
