package io.adaptive.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.adaptive.spring.AdaptiveService;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * For a test that is about services only: of the application's components, those with
 * {@link AdaptiveService @AdaptiveService} are there, and the client interfaces, on a
 * node in memory ({@link AutoConfigureAdaptiveTest}). What the services need besides is
 * brought with {@code @MockitoBean}, {@link StubService @StubService}, {@code @Import} or
 * {@link #includeFilters()}.
 *
 * <pre class="code">
 * &#64;AdaptiveTest(HelloService.class)
 * class HelloServiceTests {
 *
 *     &#64;Test
 *     void answers(&#64;Discover(publisher = "example", name = "hello") Connection hello) {
 *         HelloReply reply = hello.sendRecv(new HelloRequest("John"), HelloReply.class);
 *         assertThat(reply.answer()).isEqualTo("I am hello server, John");
 *     }
 *
 * }
 * </pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(AdaptiveTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(AdaptiveTypeExcludeFilter.class)
@AutoConfigureAdaptiveTest
@ImportAutoConfiguration
public @interface AdaptiveTest {

	/**
	 * Properties of the application, each as {@code name=value}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * The classes with services that are wanted.
	 * @return the classes, none for all services of the application
	 */
	@AliasFor("services")
	Class<?>[] value() default {};

	/**
	 * The classes with services that are wanted.
	 * @return the classes, none for all services of the application
	 */
	@AliasFor("value")
	Class<?>[] services() default {};

	/**
	 * Whether services are included without being named.
	 * @return {@code false} for nothing but what is included by name or filter
	 */
	boolean useDefaultFilters() default true;

	/**
	 * What other components are included.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * What components are left out.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * What auto-configuration is left out.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
