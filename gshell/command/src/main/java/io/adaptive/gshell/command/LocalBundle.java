package io.adaptive.gshell.command;

import java.nio.file.Files;
import java.nio.file.Path;

import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CodeRepository;
import io.adaptive.gshell.message.group.BundleContent;
import io.adaptive.gshell.message.group.BundleFile;
import org.jspecify.annotations.Nullable;

/**
 * The code of an app that is a local file or folder.
 *
 * @param content the code; {@code null} if there is no such file or folder
 */
record LocalBundle(@Nullable BundleContent content) {

	/**
	 * Reads an app.
	 * @throws io.adaptive.gshell.code.CodeException if part of it cannot be taken
	 */
	static LocalBundle at(String path) {
		Path file = Path.of(path);
		if (path.isEmpty() || !Files.exists(file)) {
			return new LocalBundle(null);
		}
		CodeBundle bundle = CodeRepository.local(file);
		return new LocalBundle(new BundleContent(bundle.app(),
				bundle.files()
					.stream()
					.map((each) -> new BundleFile(each.name(), bundle.content(each.name())))
					.toList()));
	}

}
