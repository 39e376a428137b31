package io.adaptive.boot.autoconfigure.info;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AdaptiveInfoAutoConfiguration}.
 */
class AdaptiveInfoAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveInfoAutoConfiguration.class, AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process", "adaptive.provider-id=rack-7")
		.withBean(ProcessSpace.class);

	@Test
	void theNodeIsTold() {
		this.contextRunner.run((context) -> {
			context.getBean(AdaptiveServer.class).publish(Service.named("example", "thing"));
			Info.Builder builder = new Info.Builder();
			context.getBean(InfoContributor.class).contribute(builder);
			NodeInfoContributor.NodeInfo info = builder.build().get("adaptive", NodeInfoContributor.NodeInfo.class);
			assertThat(info.version()).matches("\\d+\\.\\d+\\.\\d+.*");
			assertThat(info.provider()).isEqualTo("rack-7");
			assertThat(info.incarnation())
				.isEqualTo(Long.toHexString(context.getBean(AdaptiveNode.class).instance().incarnation()));
			assertThat(info.scopes()).containsExactly(Scope.PROCESS);
			assertThat(info.services()).containsExactly("example/thing");
		});
	}

	@Test
	void infoCanBeSwitchedOff() {
		this.contextRunner.withPropertyValues("management.info.adaptive.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(InfoContributor.class));
	}

	@Test
	void aContributorOfTheUserIsKept() {
		this.contextRunner.withBean("adaptiveInfoContributor", InfoContributor.class, () -> (builder) -> {
		}).run((context) -> assertThat(context).doesNotHaveBean(NodeInfoContributor.class));
	}

	@Test
	void frameworkWorksWithoutActuator() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasSingleBean(AdaptiveNode.class)
				.doesNotHaveBean(AdaptiveInfoAutoConfiguration.class));
	}

	@Test
	void aNativeImageKeepsWhatIsTold() {
		RuntimeHints hints = new RuntimeHints();
		new NodeInfoContributor.Hints().registerHints(hints, null);
		assertThat(
				RuntimeHintsPredicates.resource().forResource("io/adaptive/boot/autoconfigure/info/version.properties"))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(NodeInfoContributor.NodeInfo.class)).accepts(hints);
	}

}
