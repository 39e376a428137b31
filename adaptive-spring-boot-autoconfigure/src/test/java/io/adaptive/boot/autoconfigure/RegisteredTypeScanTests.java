package io.adaptive.boot.autoconfigure;

import io.adaptive.boot.autoconfigure.types.Animal;
import io.adaptive.boot.autoconfigure.typesopen.Unsealed;
import io.adaptive.message.Delivery;
import io.adaptive.message.MessageCodecException;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveClientScan;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for types that are registered by their annotation.
 */
class RegisteredTypeScanTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process", "adaptive.copy-in-process=true")
		.withBean(ProcessSpace.class)
		.withBean(Shelter.class)
		.withBean(Visitor.class);

	@ParameterizedTest
	@ValueSource(strings = { "fory", "json" })
	void valuesOfAnnotatedTypesStandBehindObjectAndInterfaces(String codec) {
		this.contextRunner.withUserConfiguration(Application.class)
			.withPropertyValues("adaptive.codec=" + codec)
			.run((context) -> {
				Connection shelter = context.getBean(Visitor.class).shelter;
				for (Object content : new Object[] { new Animal.Cat("tom", 9), new Animal.Pike(7), Animal.Mood.WILD }) {
					assertThat(shelter.sendRecv(new Box(content), Box.class)).isEqualTo(new Box(content));
				}
				assertThat(shelter.sendRecv(new Cage(new Animal.Cat("tom", 9)), Cage.class))
					.isEqualTo(new Cage(new Animal.Cat("tom", 9)));
				assertThatExceptionOfType(MessageCodecException.class)
					.isThrownBy(() -> shelter.sendRecv(new Box(new Animal.Dog("rex")), Box.class))
					.withMessageContaining("component content is of " + Animal.Dog.class.getName())
					.withMessageContaining("@RegisteredType")
					.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
			});
	}

	@Test
	void typesOfThePropertyAreRegisteredBesides() {
		this.contextRunner.withUserConfiguration(Application.class)
			.withPropertyValues("adaptive.registered-types=" + Animal.Dog.class.getName())
			.run((context) -> {
				Connection shelter = context.getBean(Visitor.class).shelter;
				for (Object content : new Object[] { new Animal.Cat("tom", 9), new Animal.Dog("rex") }) {
					assertThat(shelter.sendRecv(new Box(content), Box.class)).isEqualTo(new Box(content));
				}
			});
	}

	@Test
	void typesInOtherPackagesAreNotRegistered() {
		this.contextRunner.run((context) -> {
			assertThat(context.getBean(AnnotatedTypes.class).types()).isEmpty();
			Connection shelter = context.getBean(Visitor.class).shelter;
			assertThatExceptionOfType(MessageCodecException.class)
				.isThrownBy(() -> shelter.sendRecv(new Box(new Animal.Cat("tom", 9)), Box.class))
				.withMessageContaining("component content is of " + Animal.Cat.class.getName());
		});
	}

	@Test
	void typesInPackagesWithClientInterfacesAreRegistered() {
		this.contextRunner.withUserConfiguration(ScanByClass.class)
			.run((context) -> assertThat(context.getBean(AnnotatedTypes.class).types())
				.containsExactlyInAnyOrder(Animal.Cat.class, Animal.Fish.class, Animal.Mood.class));
	}

	@Test
	void anAnnotatedTypeThatCannotBeRegisteredEndsTheStart() {
		this.contextRunner.withUserConfiguration(ScanOfOpen.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("Type %s cannot be registered: it is neither concrete nor sealed"
					.formatted(Unsealed.class.getName())));
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = Animal.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@AdaptiveClientScan(basePackageClasses = Animal.class)
	static class ScanByClass {

	}

	@Configuration(proxyBeanMethods = false)
	@AdaptiveClientScan(basePackageClasses = Unsealed.class)
	static class ScanOfOpen {

	}

	record Box(Object content) {

	}

	record Cage(Animal animal) {

	}

	@AdaptiveService(publisher = "test", name = "shelter")
	static class Shelter {

		@MessageHandler
		Box keep(Box box) {
			return box;
		}

		@MessageHandler
		Cage keep(Cage cage) {
			return cage;
		}

	}

	static class Visitor {

		private final Connection shelter;

		@Autowired
		Visitor(@Discover(publisher = "test", name = "shelter") Connection shelter) {
			this.shelter = shelter;
		}

	}

}
