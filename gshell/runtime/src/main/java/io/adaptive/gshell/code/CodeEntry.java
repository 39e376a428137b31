package io.adaptive.gshell.code;

/**
 * An entry of a folder of a code repository.
 *
 * @param name its name in the folder
 * @param folder whether it is a folder itself
 */
public record CodeEntry(String name, boolean folder) {

}
