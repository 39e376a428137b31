package io.adaptive.network;

import java.util.List;
import java.util.stream.IntStream;

import io.adaptive.network.lab.Event;
import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Program;
import io.adaptive.network.program.ServiceProgram;

/**
 * A running {@link ServiceProgram} that has published.
 *
 * @param host where
 * @param program the program
 * @param publishing when it began to publish, by {@link System#nanoTime()}
 * @param published when that was done, and as what
 */
record Provider(Host host, Program program, long publishing, Event published) {

	static Provider start(Host host, Object... options) {
		return start(List.of(host), options).get(0);
	}

	/**
	 * Starts one on each host, at the same time.
	 */
	static List<Provider> start(List<Host> hosts, Object... options) {
		List<Program> programs = hosts.stream().map((host) -> host.run(ServiceProgram.class, options)).toList();
		return IntStream.range(0, hosts.size())
			.mapToObj((i) -> published(hosts.get(i), programs.get(i), programs.get(i).await("published")))
			.toList();
	}

	/**
	 * Publishes again after it took its service back.
	 */
	Provider publish() {
		return published(this.host, this.program, this.program.ask("publish", "published"));
	}

	private static Provider published(Host host, Program program, Event published) {
		Event publishing = program.events("publishing").reduce((first, second) -> second).orElseThrow();
		return new Provider(host, program, publishing.nanos(), published);
	}

	/**
	 * Takes its service back.
	 * @return when, by {@link System#nanoTime()}
	 */
	long unpublish() {
		return this.program.ask("unpublish", "unpublishing").nanos();
	}

	String instance() {
		return this.published.fields().get("instance");
	}

}
