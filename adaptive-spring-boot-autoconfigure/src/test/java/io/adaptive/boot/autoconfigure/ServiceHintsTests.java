package io.adaptive.boot.autoconfigure;

import java.util.List;

import io.adaptive.boot.autoconfigure.EchoService.Echo;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OnStreamOpen;
import io.adaptive.stream.Deadline;
import io.adaptive.stream.StreamContext;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
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
import org.springframework.javapoet.ClassName;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is known ahead of time of an application's services.
 */
class ServiceHintsTests {

	private final TestGenerationContext generated = new TestGenerationContext();

	@Test
	void handlersAndHooksCanBeCalled() {
		RuntimeHints hints = process(Shapes.class).getRuntimeHints();
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Shapes.class, "area")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Shapes.class, "opened")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Listing.class, "list")).accepts(hints);
	}

	@Test
	void messagesAndAllTheyContainCanBeMade() {
		RuntimeHints hints = process(Shapes.class).getRuntimeHints();
		assertThat(List.of(Circle.class, Square.class, Point.class, Area.class, Names.class, Name.class))
			.allSatisfy((type) -> {
				assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(hints);
				assertThat(
						RuntimeHintsPredicates.reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]))
					.accepts(hints);
			});
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Circle.class, "centre")).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Deadline.class)).rejects(hints);
	}

	@Test
	@CompileWithForkedClassLoader
	void applicationIsServedFromWhatWasGenerated() {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(); // not
																								// refreshed
		context.register(Application.class);
		ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, this.generated);
		this.generated.writeGeneratedContent();
		TestCompiler.forSystem().with(this.generated).compile((compiled) -> {
			@SuppressWarnings("unchecked")
			ApplicationContextInitializer<GenericApplicationContext> prepared = compiled
				.getInstance(ApplicationContextInitializer.class, initializer.toString());
			try (GenericApplicationContext started = new GenericApplicationContext()) {
				prepared.initialize(started);
				started.refresh();
				AdaptiveClient client = started.getBean(AdaptiveClient.class);
				assertThat(client.discover("example", "shapes").sendRecv(new Square(new Point(0, 0), 3), Area.class))
					.isEqualTo(new Area(9));
				assertThat(client.discover("example", "echo").sendRecv(new Echo("hello"), Echo.class))
					.isEqualTo(new Echo("hello"));
			}
		});
	}

	private GenerationContext process(Class<?>... beans) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(beans);
			new ApplicationContextAotGenerator().processAheadOfTime(context, this.generated);
			return this.generated;
		}
	}

	sealed interface Shape {

	}

	record Circle(Point centre, double radius) implements Shape {

	}

	record Square(Point corner, double side) implements Shape {

	}

	record Point(double x, double y) {

	}

	record Area(double value) {

	}

	record Names(List<Name> names) {

	}

	record Name(String value) {

	}

	interface Listing {

		Flux<Names> list(Area area);

	}

	@AdaptiveService(publisher = "example", name = "shapes")
	static class Shapes implements Listing {

		@OnStreamOpen
		void opened(StreamContext context) {
		}

		@MessageHandler
		Area area(Shape shape, Deadline deadline) {
			return new Area((shape instanceof Square square) ? square.side() * square.side() : 0);
		}

		@Override
		@MessageHandler
		public Flux<Names> list(Area area) {
			return Flux.empty();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AdaptiveAutoConfiguration.class)
	@Import({ Shapes.class, ProcessSpace.class })
	static class Application {

		@Bean
		@AdaptiveService(publisher = "example", name = "echo")
		PlainEcho plainEcho() {
			return new PlainEcho();
		}

	}

	static class PlainEcho {

		@MessageHandler
		Echo echo(Echo echo) {
			return echo;
		}

	}

}
