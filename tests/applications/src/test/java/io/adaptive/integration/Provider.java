package io.adaptive.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A provider in a process of its own.
 */
final class Provider {

	private static final long PATIENCE_SECONDS = 60;

	private final Process process;

	private final CountDownLatch published = new CountDownLatch(1);

	private Provider(Process process) {
		this.process = process;
		Thread reader = new Thread(this::read, "output-" + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	static Provider start(String name, Path socketDirectory) throws IOException {
		return new Provider(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", System.getProperty("java.class.path"), "-Dspring.devtools.restart.enabled=false",
				ProviderApplication.class.getName(), "--provider=" + name,
				"--adaptive.os.socket-directory=" + socketDirectory)
			.redirectErrorStream(true)
			.start());
	}

	private void read() {
		try (BufferedReader lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.contains("published service=test/work scopes=[OS]")) {
					this.published.countDown();
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Provider awaitPublished() throws InterruptedException {
		assertThat(this.published.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("published").isTrue();
		return this;
	}

	/**
	 * Asks it to end, as SIGTERM does, and waits until it has.
	 */
	void leave() {
		this.process.toHandle().destroy();
		try {
			this.process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("does not end: " + this.process, ex);
		}
		finally {
			this.process.destroyForcibly();
		}
	}

}
