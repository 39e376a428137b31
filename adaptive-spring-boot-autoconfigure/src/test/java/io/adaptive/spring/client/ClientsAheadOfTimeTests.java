package io.adaptive.spring.client;

import java.util.Optional;
import java.util.function.BiConsumer;

import io.adaptive.annotation.RegisteredType;
import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.test.context.support.TestPropertySourceUtils;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is prepared ahead of time.
 */
@CompileWithForkedClassLoader
class ClientsAheadOfTimeTests {

	@Test
	void anApplicationStartsFromWhatWasGenerated() {
		process((context, hints) -> {
			assertThat(context.getBean(Greeter.class).greetAll()).isEqualTo("hello field, hello parameter, hello bean");
			Connection hello = context.getBean(Holder.class).hello();
			assertThat(hello.sendRecv(new Request("method", new Detail(1)), Reply.class).text())
				.isEqualTo("hello method");
		});
	}

	@Test
	void interfacesAndTheirMessagesAreHinted() {
		process((context, hints) -> {
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Hello.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Injected.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Inherited.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(InheritedBySetter.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(Hello.class)
				.withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(Request.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(Detail.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(Reply.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(Extra.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(Extra.Part.class)).accepts(hints);
		});
	}

	private static void process(BiConsumer<GenericApplicationContext, RuntimeHints> test) {
		AnnotationConfigApplicationContext source = new AnnotationConfigApplicationContext();
		source.register(Application.class);
		TestPropertySourceUtils.addInlinedPropertiesToEnvironment(source, "adaptive.scopes=process");
		TestGenerationContext generation = new TestGenerationContext();
		String initializer = new ApplicationContextAotGenerator().processAheadOfTime(source, generation).toString();
		source.close();
		generation.writeGeneratedContent();
		TestCompiler.forSystem().with(generation).compile((compiled) -> {
			GenericApplicationContext context = new GenericApplicationContext();
			TestPropertySourceUtils.addInlinedPropertiesToEnvironment(context, "adaptive.scopes=process");
			initialize(context, compiled.getInstance(ApplicationContextInitializer.class, initializer));
			try (context) {
				context.refresh();
				test.accept(context, generation.getRuntimeHints());
			}
		});
	}

	@SuppressWarnings("unchecked")
	private static void initialize(GenericApplicationContext context, ApplicationContextInitializer<?> generated) {
		((ApplicationContextInitializer<GenericApplicationContext>) generated).initialize(context);
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	@ImportAutoConfiguration(AdaptiveAutoConfiguration.class)
	@Import({ HelloService.class, Greeter.class, Specific.class })
	static class Application {

		@Bean
		ProcessSpace processSpace() {
			return new ProcessSpace();
		}

		@Bean
		Holder holder(@Discover(publisher = "example", name = "ahead") Connection hello) {
			return new Holder(hello);
		}

	}

	record Holder(Connection hello) {
	}

	@Discover(publisher = "example", name = "ahead")
	interface Hello {

		Reply hello(Request request);

	}

	interface Injected {

		Mono<Reply> hello(Request request);

	}

	interface Inherited {

		Mono<Reply> hello(Request request);

	}

	interface InheritedBySetter {

		Mono<Reply> hello(Request request);

	}

	static class Generic<F, S> {

		@Discover(publisher = "example", name = "ahead")
		F field;

		S setter;

		@Autowired
		void setSetter(@Discover(publisher = "example", name = "ahead") S setter) {
			this.setter = setter;
		}

	}

	static class Specific extends Generic<Inherited, InheritedBySetter> {

	}

	record Detail(int number) {
	}

	record Request(String name, Detail detail) {
	}

	record Reply(String text) {
	}

	@AdaptiveService(publisher = "example", name = "ahead")
	static class HelloService {

		@MessageHandler
		Reply hello(Request request) {
			return new Reply("hello " + request.name());
		}

	}

	static class Greeter {

		@Discover(publisher = "example", name = "ahead")
		private Optional<Connection> field = Optional.empty();

		private final Injected parameter;

		private final Hello bean;

		Greeter(@Discover(publisher = "example", name = "ahead") Injected parameter, Hello bean) {
			this.parameter = parameter;
			this.bean = bean;
		}

		String greetAll() {
			Detail detail = new Detail(1);
			return this.field.orElseThrow().sendRecv(new Request("field", detail), Reply.class).text() + ", "
					+ this.parameter.hello(new Request("parameter", detail)).map(Reply::text).block() + ", "
					+ this.bean.hello(new Request("bean", detail)).text();
		}

	}

	@RegisteredType
	record Extra(Part part) {

		record Part(int value) {

		}

	}

}
