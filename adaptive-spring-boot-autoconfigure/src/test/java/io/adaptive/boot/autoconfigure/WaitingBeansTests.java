package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import jakarta.annotation.PostConstruct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans that wait for other programs while they are made, or in listeners of events, in
 * an application whose only worker is kept by a handler.
 */
@Timeout(120)
class WaitingBeansTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@TempDir
	private Path socketDirectory;

	@Test
	void beansGetWhatTheyWaitFor() {
		try (AdaptiveNode other = AdaptiveNode.builder()
			.scopes(Set.of(Scope.OS))
			.processSpace(new ProcessSpace())
			.socketDirectory(this.socketDirectory)
			.build()) {
			other.newServer().publish(Service.named("other", "last").handle(Question.class, (question) -> question));
			try (ConfigurableApplicationContext context = start()) {
				assertThat(context.getBean(Waiting.class).got).containsExactly("made", "started", "ready");
			}
		}
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--adaptive.scopes=process,os", "--adaptive.workers.max=1",
					"--adaptive.os.socket-directory=" + this.socketDirectory);
	}

	record Question() {

	}

	record Hold() {

	}

	@AdaptiveService(publisher = "example", name = "held")
	static class Held {

		private final CountDownLatch holding = new CountDownLatch(1);

		private final CountDownLatch release = new CountDownLatch(1);

		@MessageHandler
		Hold hold(Hold hold) throws InterruptedException {
			this.holding.countDown();
			this.release.await();
			return hold;
		}

	}

	static class Waiting {

		private final List<String> got = new CopyOnWriteArrayList<>();

		private final Held held;

		private final Connection own;

		private final Connection last;

		private CompletableFuture<Hold> answer;

		Waiting(Held held, @Discover(publisher = "example", name = "held") Connection own,
				@Discover(publisher = "other", name = "last") Connection last) {
			this.held = held;
			this.own = own;
			this.last = last;
		}

		@PostConstruct
		void made() throws Exception {
			await("made");
		}

		@EventListener
		void started(ApplicationStartedEvent event) throws Exception {
			this.answer = this.own.async().sendRecv(new Hold(), Hold.class);
			assertThat(this.held.holding.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
			await("started");
		}

		@EventListener
		void ready(ApplicationReadyEvent event) throws Exception {
			await("ready");
			this.held.release.countDown();
			assertThat(this.answer).succeedsWithin(LONG);
		}

		private void await(String what) throws Exception {
			assertThat(this.last.sendRecv(new Question(), Question.class)).isNotNull();
			assertThat(this.last.async().sendRecv(new Question(), Question.class).get(60, TimeUnit.SECONDS))
				.isNotNull();
			assertThat(this.last.reactive().sendRecv(new Question(), Question.class).block(LONG)).isNotNull();
			this.got.add(what);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AdaptiveAutoConfiguration.class)
	@Import({ ProcessSpace.class, Held.class, Waiting.class })
	static class Application {

	}

}
