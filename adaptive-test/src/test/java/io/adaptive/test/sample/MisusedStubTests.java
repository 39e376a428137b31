package io.adaptive.test.sample;

import io.adaptive.stream.Connection;
import io.adaptive.test.ServiceStub;
import io.adaptive.test.spring.AdaptiveTest;
import io.adaptive.test.spring.StubService;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MisusedStubTests {

	@Test
	void aStubThatIsPublishedNowhereSaysWhatIsMissing() throws Exception {
		WithoutNetwork test = new WithoutNetwork();
		TestContextManager manager = new TestContextManager(WithoutNetwork.class);
		manager.prepareTestInstance(test);
		assertThatIllegalStateException()
			.isThrownBy(() -> manager.beforeTestMethod(test, WithoutNetwork.class.getDeclaredMethod("unused")))
			.withMessage("The @StubService fields of " + WithoutNetwork.class.getName()
					+ " are published nowhere; annotate it with @AdaptiveTest or, beside @SpringBootTest, with"
					+ " @AutoConfigureAdaptiveTest");
	}

	@Test
	void aFieldOfAnotherTypeIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> new TestContextManager(OfAnotherType.class))
			.withMessage("@StubService is on field wrong of " + OfAnotherType.class.getName()
					+ ", which is a io.adaptive.stream.Connection; make it a ServiceStub");
	}

	@Test
	void anInvalidNameIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> new TestContextManager(OfNoName.class))
			.withMessageStartingWith(
					"@StubService on field stub of " + OfNoName.class.getName() + " names no valid service: ");
	}

	@SpringJUnitConfig
	static class WithoutNetwork {

		@StubService(publisher = "example", name = "hello")
		ServiceStub stub;

		void unused() {
		}

	}

	@AdaptiveTest
	static class OfAnotherType {

		@StubService(publisher = "example", name = "hello")
		Connection wrong;

	}

	@AdaptiveTest
	static class OfNoName {

		@StubService(publisher = "exa_mple", name = "hello")
		ServiceStub stub;

	}

}
