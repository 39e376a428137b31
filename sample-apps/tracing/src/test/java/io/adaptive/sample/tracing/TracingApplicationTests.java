package io.adaptive.sample.tracing;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TracingApplication}, one of its programs.
 */
@SpringBootTest(properties = "adaptive.scopes=process")
@ActiveProfiles("b")
class TracingApplicationTests {

	@Autowired
	private AdaptiveClient client;

	@Test
	void theServiceOfTheProfileAnswers() {
		try (Connection connection = this.client.discover("example", "serviceB")) {
			assertThat(connection.sendRecv(new RequestB("Ni Hao"), ReplyB.class)).isEqualTo(new ReplyB("B"));
		}
	}

}
