package io.adaptive.spring.client;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.boot.autoconfigure.DiscoverAutoConfiguration;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveClientScan;
import io.adaptive.spring.Discover;
import io.adaptive.spring.client.elsewhere.Greeter;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for which interfaces become beans.
 */
class ClientScanTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class, DiscoverAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class);

	@Test
	void nothingIsScannedWithoutAPackage() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(Greeter.class));
	}

	@Test
	void packagesOfTheApplicationAreScannedWithThoseBelow() {
		this.contextRunner.withUserConfiguration(Application.class).run((context) -> {
			assertThat(context).hasSingleBean(Greeter.class).hasSingleBean(Own.class);
			assertThat(context.getBean(Greeter.class.getName())).isInstanceOf(Greeter.class);
			assertThat(context).doesNotHaveBean(Implementation.class);
		});
	}

	@Test
	void otherPackagesAreScannedWhenTheyAreNamed() {
		this.contextRunner.withUserConfiguration(ByClass.class)
			.run((context) -> assertThat(context).hasSingleBean(Greeter.class).doesNotHaveBean(Own.class));
		this.contextRunner.withUserConfiguration(ByName.class, ByClass.class)
			.run((context) -> assertThat(context).hasSingleBean(Greeter.class).doesNotHaveBean(Own.class));
	}

	@Test
	void nothingIsScannedWhereNothingDiscovers() {
		this.contextRunner.withUserConfiguration(Application.class)
			.withPropertyValues("adaptive.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Greeter.class));
	}

	@Test
	void beansOfAnInterfaceShareTheConnectionOfItsService() {
		this.contextRunner.withUserConfiguration(Application.class)
			.run((context) -> assertThat(context.getBean(Own.class))
				.hasToString("Own, client of example/greeter, connection to example/greeter, not used yet"));
	}

	@Test
	void anEagerClientIsDiscoveredAlsoWhereBeansAreLazy() {
		this.contextRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withUserConfiguration(Application.class)
			.withPropertyValues("adaptive.clients.greeter.eager=true")
			.run((context) -> assertThat(context.getBean(DiscoveredConnections.class).awaited())
				.containsExactly("example/greeter"));
	}

	@Discover(publisher = "example", name = "greeter")
	interface Own {

		Greeter.Greeting greet(Greeter.Greeting greeting);

	}

	static class Implementation implements Own {

		@Override
		public Greeter.Greeting greet(Greeter.Greeting greeting) {
			return greeting;
		}

	}

	@AutoConfigurationPackage
	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

	@AdaptiveClientScan(basePackageClasses = Greeter.class)
	static class ByClass {

	}

	@AdaptiveClientScan(basePackages = "io.adaptive.spring.client.elsewhere")
	static class ByName {

	}

}
