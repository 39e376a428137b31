package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.adaptive.internal.node.RunningNodeView;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.message.MessageType;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.Discover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The messages of client interfaces are prepared with those of the services.
 */
class PreparedTypesTests {

	@TempDir
	private Path sockets;

	private ApplicationContextRunner contextRunner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withBean(ProcessSpace.class)
			.withPropertyValues("adaptive.scopes=process,os",
					"adaptive.os.socket-directory=" + this.sockets.resolve("s"));
	}

	@Test
	void theMessagesOfAnInjectedClientArePreparedOnceTheApplicationIsReady() {
		contextRunner().withBean(Shop.class).run((context) -> {
			AdaptiveNode node = context.getBean(AdaptiveNode.class);
			PayloadCodec codec = ((RunningNodeView) node.view()).codecs().preferred();
			assertThat(codec.isReady(new Order("book"))).isFalse();
			node.warmUp();
			await().until(() -> codec.isReady(new Order("book")));
			await().until(() -> codec.isReady(new Receipt(1, List.of())));
			assertThat(codec.isReady(MessageType.of(Receipt.class), 0)).isFalse();
		});
	}

	@Test
	void thoseOfAClientThatStaysInTheProgramAreNot() {
		contextRunner().withBean(InProgram.class).run((context) -> {
			AdaptiveNode node = context.getBean(AdaptiveNode.class);
			node.prepare(Last.class);
			node.warmUp();
			PayloadCodec codec = ((RunningNodeView) node.view()).codecs().preferred();
			await().until(() -> codec.isReady(new Last(1)));
			assertThat(codec.isReady(new Order("book"))).isFalse();
		});
	}

	interface Orders {

		CompletableFuture<Receipt> order(Order order);

	}

	record Shop(@Discover(publisher = "shop", name = "orders") Orders orders) {
	}

	record InProgram(@Discover(publisher = "shop", name = "orders", scopes = Scope.PROCESS) Orders orders) {
	}

	record Order(String what) {
	}

	record Receipt(int number, List<String> items) {
	}

	record Last(int number) {
	}

}
