package io.adaptive.benchmark.contestant;

/**
 * A server that runs.
 *
 * @param place where it is found
 * @param stop ends it
 */
public record Served(Place place, Runnable stop) implements AutoCloseable {

	@Override
	public void close() {
		this.stop.run();
	}

}
