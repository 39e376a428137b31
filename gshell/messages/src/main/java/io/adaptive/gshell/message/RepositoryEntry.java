package io.adaptive.gshell.message;

/**
 * An entry of a folder.
 *
 * @param name its name
 * @param folder whether it is a folder
 */
public record RepositoryEntry(String name, boolean folder) {

}
