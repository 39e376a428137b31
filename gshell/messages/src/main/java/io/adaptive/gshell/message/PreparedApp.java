package io.adaptive.gshell.message;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * An app that compiles.
 *
 * @param app path of the app
 * @param bundle SHA-256 of its bundle
 * @param mainClass class to start
 * @param files number of its files
 * @param compiler name of the compiler
 * @param warnings warnings of the compiler
 */
@Message("gshell.PreparedApp")
public record PreparedApp(String app, String bundle, String mainClass, int files, String compiler,
		List<String> warnings) {

}
