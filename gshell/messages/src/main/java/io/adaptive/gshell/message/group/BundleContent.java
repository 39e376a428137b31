package io.adaptive.gshell.message.group;

import java.util.List;

import io.adaptive.annotation.Message;

/**
 * The files of a bundle.
 *
 * @param app path of the app from the root of the repository, with slashes
 * @param files all files of the bundle
 */
@Message("gshell.group.BundleContent")
public record BundleContent(String app, List<BundleFile> files) implements BundleSource {

}
