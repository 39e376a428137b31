package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;

/**
 * A file of a bundle.
 *
 * @param name path from the root of the repository, with slashes
 * @param content its bytes
 */
@Message("gshell.group.BundleFile")
@SuppressWarnings("ArrayRecordComponent") // not compared
public record BundleFile(String name, byte[] content) {

}
