package io.adaptive.internal.stream;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import io.adaptive.internal.trace.MessageTracer;
import io.adaptive.message.MessageHeaders;
import io.adaptive.stream.MessageObserver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the end of a message that is sent is told.
 */
class SentMessageTests {

	private final SilentLink link = new SilentLink();

	@Test
	void aCallGivenUpWhileTheNodeClosesIsToldOnAnotherThread() {
		CompletableFuture<Thread> toldOn = new CompletableFuture<>();
		CompletableFuture<Throwable> told = new CompletableFuture<>();
		MessageWatch watch = new MessageWatch(new ConnectionTelemetry(MessageTracer.NONE, MessageObserver.NONE),
				this.link, MultiplexedConnection.client(this.link, Runnable::run).info());
		SentMessage sent = new SentMessage(watch, true, MessageHeaders.NONE, (error) -> {
			toldOn.complete(Thread.currentThread());
			told.complete(error);
		});
		sent.givenUp(null, (work) -> {
			throw new RejectedExecutionException();
		});
		assertThat(toldOn).succeedsWithin(Duration.ofSeconds(10)).isNotSameAs(Thread.currentThread());
		assertThat(told).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(CancellationException.class);
	}

}
