package io.adaptive.gshell.job;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Code, arguments and surroundings of a job at its start.
 *
 * @param id identifies the job in its group; part of names of threads and loaders
 * @param name the app's name, for log lines
 * @param arguments those of {@code main}
 * @param properties system properties in addition to those of the JVM
 * @param parent the loader of classes that all jobs of the group share
 * @param streams standard streams
 * @param timeouts bounds of the steps at the end
 * @param clock tells when the job started and ended
 */
public record JobSettings(String id, String name, List<String> arguments, Map<String, String> properties,
		ClassLoader parent, JobStreams streams, JobTimeouts timeouts, Clock clock) {

	public JobSettings {
		arguments = List.copyOf(arguments);
		properties = Map.copyOf(properties);
	}

}
