package io.adaptive.gshell.code;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.adaptive.gshell.code.SourceHeader.MainReference;
import io.adaptive.gshell.code.SourceHeader.SourceReference;

/**
 * Reads the header comments of one file. Other comments and blank lines may stand between
 * them; the first line of code ends the header.
 */
final class SourceHeaderParser {

	private static final Pattern HEADER = Pattern.compile("//(DEPS|SOURCES|MAIN|JAVA|GUARD)\\b(.*)");

	private static final Pattern ARTIFACT = Pattern.compile("[\\w.-]+:[\\w.-]+:[\\w.+-]+");

	private static final Pattern CLASS = Pattern
		.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*(\\.\\p{javaJavaIdentifierStart}"
				+ "\\p{javaJavaIdentifierPart}*)*");

	private static final Pattern RELEASE = Pattern.compile("([1-9][0-9]{0,2})\\+");

	private final SourceHeader.Builder header = new SourceHeader.Builder();

	private final String file;

	private int line;

	private boolean inComment;

	SourceHeaderParser(String file) {
		this.file = file;
	}

	SourceHeader parse(String text) {
		for (String next : (Iterable<String>) text.lines()::iterator) {
			this.line++;
			if (!readLine(next.strip())) {
				break;
			}
		}
		return this.header.build();
	}

	/**
	 * Returns whether the header may go on after this line.
	 */
	private boolean readLine(String text) {
		if (this.inComment) {
			int end = text.indexOf("*/");
			this.inComment = end < 0;
			return end < 0 || readLine(text.substring(end + 2).strip());
		}
		if (text.startsWith("/*")) {
			this.inComment = true;
			return readLine(text.substring(2));
		}
		if (text.startsWith("//")) {
			readComment(text);
			return true;
		}
		return text.isEmpty();
	}

	private void readComment(String text) {
		Matcher matcher = HEADER.matcher(text);
		if (!matcher.matches()) {
			return;
		}
		String keyword = matcher.group(1);
		String value = matcher.group(2);
		if (!value.isEmpty() && !Character.isWhitespace(value.charAt(0))) {
			throw unreadable(keyword, "has no space after the word");
		}
		if (value.isBlank()) {
			throw unreadable(keyword, "has no value");
		}
		readValues(keyword, List.of(value.strip().split("\\s+", -1)));
	}

	private void readValues(String keyword, List<String> values) {
		switch (keyword) {
			case "DEPS" -> values.forEach(this::readDependency);
			case "SOURCES" -> values.forEach((path) -> this.header.source(new SourceReference(path, this.line)));
			case "MAIN" -> readMain(single(keyword, values));
			case "JAVA" -> readJava(single(keyword, values));
			default -> readGuard(single(keyword, values));
		}
	}

	private String single(String keyword, List<String> values) {
		if (values.size() != 1) {
			throw unreadable(keyword, "has %s values".formatted(values.size()));
		}
		return values.get(0);
	}

	private void readDependency(String artifact) {
		if (!ARTIFACT.matcher(artifact).matches()) {
			throw unreadable("DEPS", "names \"%s\", which is no artifact".formatted(artifact));
		}
		this.header.dependency(artifact);
	}

	private void readMain(String name) {
		if (!CLASS.matcher(name).matches()) {
			throw unreadable("MAIN", "names \"%s\", which is no class".formatted(name));
		}
		once("MAIN", this.header.mainClass(new MainReference(name, this.line)));
	}

	private void readJava(String release) {
		Matcher matcher = RELEASE.matcher(release);
		if (!matcher.matches()) {
			throw unreadable("JAVA", "names \"%s\", which is no release with a plus".formatted(release));
		}
		once("JAVA", this.header.java(Integer.parseInt(matcher.group(1))));
	}

	private void readGuard(String value) {
		if (!value.equals("off")) {
			throw unreadable("GUARD", "has the value \"%s\"".formatted(value));
		}
		once("GUARD", this.header.unguarded());
	}

	private void once(String keyword, boolean first) {
		if (!first) {
			throw unreadable(keyword, "stands in the file twice");
		}
	}

	private CodeException unreadable(String keyword, String problem) {
		return new CodeException(
				"%s:%s: //%s %s; write %s".formatted(this.file, this.line, keyword, problem, form(keyword)));
	}

	private static String form(String keyword) {
		return switch (keyword) {
			case "DEPS" -> "//DEPS group:artifact:version";
			case "SOURCES" -> "//SOURCES FILE...";
			case "MAIN" -> "//MAIN package.Class, once";
			case "JAVA" -> "//JAVA 21+, once";
			default -> "//GUARD off, once, or nothing";
		};
	}

}
