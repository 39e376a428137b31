package io.adaptive.test.sample;

import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import org.springframework.boot.CommandLineRunner;
import org.springframework.stereotype.Component;

/**
 * Tells a remote service when the application starts; no slice wants that.
 */
@Component
class StartUp implements CommandLineRunner {

	private final Connection journal;

	StartUp(@Discover(publisher = "example.org", name = "journal") Connection journal) {
		this.journal = journal;
	}

	@Override
	public void run(String... args) {
		this.journal.send(new Started("sample"));
	}

	record Started(String application) {
	}

}
