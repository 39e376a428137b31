package io.adaptive.gshell.weave;

import java.nio.channels.Channel;

/**
 * A resource that the group has for a job: it is closed with what the job has made, and
 * named if it was open.
 */
public interface DescribedResource extends Channel {

	/**
	 * What it is, for the user.
	 */
	String description();

}
