package io.adaptive.gshell.command;

import picocli.CommandLine.IVersionProvider;

/**
 * Version of this build, from the manifest of its jar.
 */
public final class BuildVersion implements IVersionProvider {

	/**
	 * Returns the version.
	 * @return for example {@code 0.1.0}
	 */
	public static String version() {
		String version = BuildVersion.class.getPackage().getImplementationVersion();
		return (version != null) ? version : "0.1.0";
	}

	@Override
	public String[] getVersion() {
		return new String[] { "gsh %s, Java %s".formatted(version(), Runtime.version()) };
	}

}
