package io.adaptive.test.spring;

import io.adaptive.test.InMemoryNetwork;
import io.adaptive.test.ServiceStub;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Resets the network after each test.
 */
final class ResetListener implements TestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			checkStubs(testContext.getApplicationContext(), testContext.getTestClass());
		}
	}

	private static void checkStubs(ApplicationContext context, Class<?> testClass) {
		if (context.getBeanNamesForType(ServiceStub.class).length > 0
				&& context.getBeanNamesForType(InMemoryNetwork.class).length == 0) {
			throw new IllegalStateException("The @StubService fields of %s are published nowhere; annotate it with"
				.formatted(testClass.getName())
					+ " @AdaptiveTest or, beside @SpringBootTest, with @AutoConfigureAdaptiveTest");
		}
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			testContext.getApplicationContext()
				.getBeanProvider(InMemoryNetwork.class)
				.ifAvailable(InMemoryNetwork::reset);
		}
	}

}
