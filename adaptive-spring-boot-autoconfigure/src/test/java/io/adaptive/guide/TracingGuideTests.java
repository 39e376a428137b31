package io.adaptive.guide;

import java.util.List;
import java.util.Set;

import io.adaptive.annotation.Sensitive;
import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.trace.MessageTrace;
import io.adaptive.trace.MessageTracing;
import io.adaptive.trace.TraceRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of the page on tracing.
 */
class TracingGuideTests {

	@Test
	void aMarkedPaymentIsReadAndThenGone() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=process")
			.withBean(ProcessSpace.class)
			.run((context) -> {
				AdaptiveNode node = context.getBean(AdaptiveNode.class);
				context.getBean(AdaptiveServer.class)
					.publish(Service.named("example", "bank")
						.handle(Payment.class, (payment) -> new Receipt(payment.amount())));
				Connection bank = node.newClient().discover("example", "bank");
				String token = trace(node, bank);
				await().until(() -> node.tracing()
					.read(token, true)
					.stream()
					.mapToInt((trace) -> trace.records().size())
					.sum() == 4);
				assertThat(read(node, token)).singleElement()
					.satisfies((trace) -> assertThat(trace.toText()).contains("account=DE12", "pin=***")
						.doesNotContain("1234", "FR34"));
				assertThat(read(node, token)).isEmpty();
			});
	}

	private static String trace(AdaptiveNode node, Connection bank) {
		MessageTracing tracing = node.tracing();
		String token = tracing.mark(Payment.class, 1, "account=DE*").tokens();
		bank.sendRecv(new Payment("FR34", 20, "1234"), Receipt.class);
		bank.sendRecv(new Payment("DE12", 50, "1234"), Receipt.class);
		return token;
	}

	private static List<MessageTrace> read(AdaptiveNode node, String token) {
		List<MessageTrace> traces = node.tracing().read(token, false);
		for (MessageTrace trace : traces) {
			System.out.println(trace.toText());
			for (TraceRecord record : trace.records()) {
				System.out.println(record.event() + " by " + record.program());
			}
		}
		return traces;
	}

	@Test
	void otherScopesAreAllowedToMarkAndRead() {
		try (AdaptiveNode node = AdaptiveNode.builder()
			.inMemory(new ProcessSpace())
			.remoteMarks(Set.of(Scope.PROCESS, Scope.OS, Scope.LAN))
			.remoteTraces(Set.of(Scope.PROCESS, Scope.OS, Scope.LAN))
			.build()) {
			assertThat(node.tracing().programs()).isEmpty();
		}
	}

	record Payment(String account, int amount, @Sensitive String pin) {
	}

	record Receipt(int amount) {
	}

}
