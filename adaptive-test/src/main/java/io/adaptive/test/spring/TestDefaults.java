package io.adaptive.test.spring;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Default properties of tests, which limit waiting times.
 */
final class TestDefaults implements ContextCustomizerFactory {

	private static final Map<String, Object> PROPERTIES = Map.of("adaptive.discover-timeout", "10s",
			"adaptive.server.keep-alive", "false");

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		return TestContextAnnotationUtils.hasAnnotation(testClass, AutoConfigureAdaptiveTest.class) ? new Customizer()
				: null;
	}

	private record Customizer() implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
			context.getEnvironment().getPropertySources().addLast(new MapPropertySource("adaptiveTest", PROPERTIES));
		}

	}

}
