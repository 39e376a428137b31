package io.adaptive.gshell.message.group;

/**
 * The code that a job runs.
 */
public sealed interface BundleSource permits BundleContent, BundleInFolder {

}
