package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The check of types at the start knows what the node knows, also from a customizer or
 * from a node of the user's own.
 */
class CustomizedTypesTests {

	@TempDir
	private Path sockets;

	private ApplicationContextRunner contextRunner() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withBean(ProcessSpace.class)
			.withPropertyValues("adaptive.scopes=os", "adaptive.os.socket-directory=" + this.sockets.resolve("s"));
	}

	private ApplicationContextRunner customized(AdaptiveNodeBuilderCustomizer customizer) {
		return contextRunner().withBean(AdaptiveNodeBuilderCustomizer.class, () -> customizer);
	}

	@Test
	void aTypeThatACustomizerRegistersIsKnown() {
		customized((builder) -> builder.registerTypes(List.of(Cat.class))).withBean(Pets.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aTypeThatACustomizerTakesOutIsNot() {
		customized((builder) -> builder.registerTypes(List.of()))
			.withPropertyValues("adaptive.registered-types=" + Cat.class.getName())
			.withBean(Pets.class)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("pet in " + Keep.class.getName())
				.hasStackTraceContaining("neither concrete nor sealed"));
	}

	@Test
	void theCodecOfACustomizerIsTheOneThatIsChecked() {
		customized((builder) -> builder.codec("json")).withBean(Places.class)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(Place.class.getName()));
		contextRunner().withBean(Places.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void theTypesOfANodeOfTheUserAreKnown() {
		AdaptiveNodeBuilder builder = AdaptiveNode.builder()
			.processSpace(new ProcessSpace())
			.scopes(Set.of(Scope.OS))
			.socketDirectory(this.sockets.resolve("s"))
			.registerTypes(List.of(Cat.class));
		contextRunner().withBean(AdaptiveNode.class, builder::build)
			.withBean(Pets.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	interface Pet {

	}

	record Cat(String name) implements Pet {
	}

	record Keep(Pet pet) {
	}

	@AdaptiveService(publisher = "test", name = "pets")
	static class Pets {

		@MessageHandler
		void keep(Keep keep) {
		}

	}

	record Point(int x, int y) {
	}

	record Place(Map<Point, String> names) {
	}

	@AdaptiveService(publisher = "test", name = "places")
	static class Places {

		@MessageHandler
		void place(Place place) {
		}

	}

}
