package io.adaptive.boot.autoconfigure.actuate.trace;

import java.util.List;
import java.util.function.Predicate;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AdaptiveTraceAutoConfiguration}.
 */
class AdaptiveTraceAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveTraceAutoConfiguration.class, AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process", "management.endpoints.web.exposure.include=adaptivetrace")
		.withBean(ProcessSpace.class);

	@Test
	void theEndpointTellsWhatCanBeMarked() {
		this.contextRunner.run((context) -> {
			TracingOverview overview = context.getBean(TraceEndpoint.class).overview(null);
			assertThat(overview.marks()).isEmpty();
			assertThat(overview.statistics().dropped()).isZero();
		});
	}

	@Test
	void thereIsNoEndpointUnlessItIsExposed() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(TraceEndpoint.class)
				.doesNotHaveBean(TraceWebExtension.class));
	}

	@Test
	void accessCanBeTakenAway() {
		this.contextRunner.withPropertyValues("management.endpoint.adaptivetrace.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(TraceEndpoint.class));
	}

	@Test
	void thereIsNoEndpointWithoutANode() {
		this.contextRunner.withPropertyValues("adaptive.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TraceEndpoint.class));
	}

	@Test
	void frameworkWorksWithoutTheActuator() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasSingleBean(AdaptiveNode.class)
				.doesNotHaveBean(AdaptiveTraceAutoConfiguration.class));
	}

	@Test
	void mermaidIsHandedOutInTheVersionThatIsThere() {
		WebEndpointResponse<?> file = new TracePage(new PathMatchingResourcePatternResolver()).file(TracePage.MERMAID);
		assertThat(file.getStatus()).isEqualTo(200);
		assertThat(file.getContentType()).hasToString("text/javascript;charset=UTF-8");
	}

	@Test
	void thePageIsThereWithoutMermaid() {
		Predicate<String> mermaid = (resource) -> resource.contains("webjars");
		TracePage page = new TracePage(new PathMatchingResourcePatternResolver(new FilteredClassLoader(mermaid)));
		assertThat(page.file(TracePage.MERMAID).getStatus()).isEqualTo(404);
		assertThat(List.of("trace.html", "trace.css", "trace.js", "trace-common.js", "trace-records.js",
				"trace-diagram.js"))
			.allSatisfy((name) -> assertThat(page.file(name).getBody()).satisfies((file) -> {
				assertThat(file).isNotNull();
				assertThat(file.exists()).isTrue();
			}));
	}

	@Test
	void whatAcceptsAnythingGetsJson() {
		assertThat(TraceFormat.valueOf("JSON").isDefault()).isTrue();
		assertThat(TraceFormat.of(null, TraceFormat.HTML)).isEqualTo(TraceFormat.HTML);
		assertThat(TraceFormat.of("PlantUML", TraceFormat.HTML)).isEqualTo(TraceFormat.PLANTUML);
	}

	@Test
	void thePageIsPartOfANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new AdaptiveTraceAutoConfiguration.PageHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.resource()
			.forResource("META-INF/resources/webjars/mermaid/11.14.0/dist/mermaid.min.js")).accepts(hints);
		assertThat(
				RuntimeHintsPredicates.resource().forResource("io/adaptive/boot/autoconfigure/actuate/trace/trace.js"))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.resource()
			.forResource("io/adaptive/boot/autoconfigure/actuate/trace/trace-diagram.js")).accepts(hints);
	}

}
