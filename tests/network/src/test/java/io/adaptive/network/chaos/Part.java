package io.adaptive.network.chaos;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.network.lab.Event;
import io.adaptive.network.lab.Host;
import io.adaptive.network.lab.Lan;
import io.adaptive.network.lab.Program;

/**
 * A host with a program to which faults happen.
 */
final class Part {

	private final Host host;

	private final Lan lan;

	private final List<FaultKind> faults;

	private final Class<?> main;

	private final Object[] options;

	private final List<Pause> pauses = new ArrayList<>();

	private Program program;

	/**
	 * Starts the program and waits until it is up.
	 * @param faults what may happen to it
	 * @param lan the network of the cable that may be pulled
	 * @param main the main class
	 * @param options its arguments
	 */
	Part(List<FaultKind> faults, Host host, Lan lan, Class<?> main, Object... options) {
		this.faults = faults;
		this.host = host;
		this.lan = lan;
		this.main = main;
		this.options = options.clone();
		start();
		awaitUp();
	}

	String name() {
		return this.host.name();
	}

	List<FaultKind> faults() {
		return this.faults;
	}

	Program program() {
		return this.program;
	}

	void start() {
		this.program = this.host.run(this.main, this.options);
	}

	Event awaitUp() {
		return this.program.await("up");
	}

	void kill() {
		this.program.kill();
	}

	void terminate() {
		this.program.terminate();
	}

	void awaitExit() {
		this.program.awaitExit();
	}

	void pause() {
		this.pauses.add(new Pause(System.nanoTime(), Long.MAX_VALUE));
		this.program.pause();
	}

	void resume() {
		this.program.resume();
		Pause last = this.pauses.remove(this.pauses.size() - 1);
		this.pauses.add(new Pause(last.from(), System.nanoTime()));
	}

	/**
	 * Returns for how many nanoseconds of a time span the program was paused.
	 */
	long paused(long from, long to) {
		return this.pauses.stream()
			.mapToLong((pause) -> Math.max(0, Math.min(to, pause.to()) - Math.max(from, pause.from())))
			.sum();
	}

	void unplug() {
		this.host.unplug(this.lan);
	}

	void plug() {
		this.host.plug(this.lan);
	}

	private record Pause(long from, long to) {
	}

}
