package io.adaptive.sample.echo;

import io.adaptive.message.AdaptiveException;
import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Hears its own echo, joins, and prints who else joins until the service ends.
 */
@Component
@Profile("visitor")
class Visitor implements ApplicationRunner {

	private final Connection echo;

	private final String who;

	Visitor(@Discover(publisher = "example", name = "echo") Connection echo, @Value("${who}") String who) {
		this.echo = echo;
		this.who = who;
	}

	@Override
	public void run(ApplicationArguments args) {
		System.out.println(this.echo.sendRecv(new Say(this.who + " was here"), Said.class).text());
		try (MessageStream stream = this.echo.newStream()) {
			stream.send(new Join(this.who));
			while (true) {
				System.out.println(this.who + " sees " + stream.recv(Joined.class).who());
			}
		}
		catch (AdaptiveException ex) {
			System.out.println(this.who + " leaves: " + ex.getMessage());
		}
	}

}
