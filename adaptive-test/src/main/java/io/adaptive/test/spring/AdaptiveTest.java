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
 * A test slice for services. Of the components of the application it includes the beans
 * with {@link AdaptiveService @AdaptiveService} and the client interfaces, on a node in
 * memory ({@link AutoConfigureAdaptiveTest}). {@code @MockitoBean},
 * {@link StubService @StubService}, {@code @Import} and {@link #includeFilters()} provide
 * the dependencies of the services.
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
	 * Returns properties of the application, each in the form {@code name=value}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Returns the service classes to include.
	 * @return the classes; empty for all services of the application
	 */
	@AliasFor("services")
	Class<?>[] value() default {};

	/**
	 * Returns the service classes to include.
	 * @return the classes; empty for all services of the application
	 */
	@AliasFor("value")
	Class<?>[] services() default {};

	/**
	 * Returns whether services are included by default.
	 * @return {@code false} to include only named classes and the matches of filters
	 */
	boolean useDefaultFilters() default true;

	/**
	 * Returns the filters of further components to include.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * Returns the filters of components to exclude.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Returns the auto-configuration classes to exclude.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
