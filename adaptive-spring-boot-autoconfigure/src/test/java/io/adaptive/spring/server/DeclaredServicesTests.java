package io.adaptive.spring.server;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the places where {@link AdaptiveService} may stand and what it says there.
 */
class DeclaredServicesTests {

	@RegisterExtension
	private final AnnotatedNode node = new AnnotatedNode();

	@Test
	void beanMethodPublishesItsBean() {
		Connection connection = this.node.connectTo(BeanMethods.class);
		assertThat(connection.sendRecv(new Text("hello"), Text.class)).isEqualTo(new Text("A: hello"));
		assertThat(this.node.connect("other").sendRecv(new Text("hello"), Text.class)).isEqualTo(new Text("B: hello"));
	}

	@Test
	void beanMethodHasTheLastWord() {
		assertThat(this.node.connectTo(Renamed.class).sendRecv(new Number(1), Text.class)).isEqualTo(new Text("1"));
	}

	@Test
	void annotationOfTheApplicationMayStandForIt() {
		assertThat(this.node.connectTo(Meta.class).sendRecv(new Number(2), Text.class)).isEqualTo(new Text("2"));
	}

	@Test
	void placeholdersAreResolved() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test", Map.of("tenant", "acme")));
			context.register(Placeholders.class);
			context.refresh();
			AnnotatedServices services = new AnnotatedServices(context.getBeanFactory());
			assertThat(services.read(EnumSet.allOf(Scope.class))).extracting(Service::name)
				.containsExactly(new ServiceName("acme", "numbers"));
			assertThat(services.beansOf(new ServiceName("acme", "numbers"))).hasSize(1);
		}
	}

	@Test
	void beansOfOneServicePublishItTogether() {
		Connection connection = this.node.connectTo(Texts.class, Numbers.class);
		assertThat(connection.sendRecv(new Text("hello"), Text.class)).isEqualTo(new Text("hello"));
		assertThat(connection.sendRecv(new Number(3), Text.class)).isEqualTo(new Text("3"));
	}

	@Test
	void orderedServiceHandlesTheMessagesOfAStreamInTheirOrder() {
		Connection connection = this.node.connectTo(Ordered.class);
		MessageStream stream = connection.newStream();
		for (int i = 0; i < 200; i++) {
			stream.send(new Number(i));
		}
		stream.sendRecv(new Text("end"), Void.class);
		assertThat(this.node.bean(Ordered.class).seen).isSorted().hasSize(200);
	}

	@Test
	void scopesLimitWhereTheServiceIsPublished() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Ordered.class)) {
			List<Service> services = new AnnotatedServices(context.getBeanFactory()).read(EnumSet.allOf(Scope.class));
			assertThat(services).singleElement()
				.satisfies((service) -> assertThat(service.scopes()).containsOnly(Scope.PROCESS, Scope.OS));
		}
	}

	record Text(String value) {

	}

	record Number(int value) {

	}

	static class Prefixing {

		private final String prefix;

		Prefixing(String prefix) {
			this.prefix = prefix;
		}

		@MessageHandler
		Text prefix(Text text) {
			return new Text(this.prefix + text.value());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BeanMethods {

		@Bean
		@AdaptiveService(publisher = "example", name = "test")
		Prefixing one() {
			return new Prefixing("A: ");
		}

		@Bean
		@AdaptiveService(publisher = "example", name = "other")
		Prefixing other() {
			return new Prefixing("B: ");
		}

	}

	@AdaptiveService(publisher = "example", name = "placed-elsewhere")
	static class Elsewhere {

		@MessageHandler
		Text hear(Number number) {
			return new Text(String.valueOf(number.value()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Renamed {

		@Bean
		@AdaptiveService(publisher = "example", name = "test")
		Elsewhere elsewhere() {
			return new Elsewhere();
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@AdaptiveService(publisher = "example", name = "")
	@interface ExampleService {

		@AliasFor(annotation = AdaptiveService.class, attribute = "name")
		String value();

	}

	@Retention(RetentionPolicy.RUNTIME)
	@MessageHandler(nonBlocking = true)
	@interface Quick {

	}

	@ExampleService("test")
	static class Meta {

		@Quick
		Text hear(Number number) {
			return new Text(String.valueOf(number.value()));
		}

	}

	@AdaptiveService(publisher = "${tenant}", name = "${service:numbers}")
	static class Placeholders extends Elsewhere {

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Texts {

		@MessageHandler
		Text hear(Text text) {
			return text;
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Numbers {

		@MessageHandler
		Text hear(Number number) {
			return new Text(String.valueOf(number.value()));
		}

	}

	@AdaptiveService(publisher = "example", name = "test", ordered = true, scopes = { Scope.OS, Scope.PROCESS })
	static class Ordered {

		private final List<Integer> seen = new ArrayList<>();

		@MessageHandler
		void hear(Number number) {
			this.seen.add(number.value());
		}

		@MessageHandler
		void end(Text text) {
		}

	}

}
