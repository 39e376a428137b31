package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;

/**
 * A bundle that the sender has written to a folder of the same machine, in the format of
 * a stored bundle. The group copies it.
 *
 * @param folder absolute path
 * @param checksum SHA-256 of the bundle, 64 hexadecimal digits
 */
@Message("gshell.group.BundleInFolder")
public record BundleInFolder(String folder, String checksum) implements BundleSource {

}
