package io.adaptive.test.sample;

import io.adaptive.message.MessageCodecException;
import io.adaptive.spring.Discover;
import io.adaptive.stream.Connection;
import io.adaptive.test.ServiceStub;
import io.adaptive.test.spring.AdaptiveTest;
import io.adaptive.test.spring.AutoConfigureAdaptiveTest;
import io.adaptive.test.spring.StubService;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CopiedMessagesTests {

	abstract static class AskingWithAnything {

		@StubService(publisher = "example.org", name = "anything")
		ServiceStub stub;

		@Discover(publisher = "example.org", name = "anything")
		Connection anything;

		final Anything unencodable = new Anything(new Object() {
		});

	}

	@AdaptiveTest(useDefaultFilters = false)
	static class ByDefaultTests extends AskingWithAnything {

		@Test
		void aMessageThatCannotBeEncodedIsFound() {
			this.stub.on(Anything.class).acknowledge();
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> this.anything.sendRecv(this.unencodable, Void.class));
		}

	}

	@AdaptiveTest(useDefaultFilters = false)
	@AutoConfigureAdaptiveTest(copyMessages = false)
	static class ByReferenceTests extends AskingWithAnything {

		@Test
		void theMessageItselfIsHandedOver() {
			this.stub.on(Anything.class).acknowledge();
			this.anything.sendRecv(this.unencodable, Void.class);
			assertThat(this.stub.received(Anything.class).get(0)).isSameAs(this.unencodable);
		}

	}

	record Anything(Object content) {
	}

}
