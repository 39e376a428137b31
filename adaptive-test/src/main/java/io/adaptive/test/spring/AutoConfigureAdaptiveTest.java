package io.adaptive.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.adaptive.test.InMemoryNetwork;
import io.adaptive.test.LinkFaults;
import io.adaptive.test.TestClock;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Confines the node of the tested application to a separate {@link InMemoryNetwork},
 * regardless of its properties. The node opens no socket and no file, and cached contexts
 * are isolated from each other. Used for tests of a whole application, such as with
 * {@code @SpringBootTest}; {@link AdaptiveTest @AdaptiveTest} includes it.
 * <p>
 * The beans {@link InMemoryNetwork}, {@link LinkFaults} and {@link TestClock} can be
 * injected into the test. After each test they are reset, together with all
 * {@linkplain StubService stubs}.
 * <p>
 * By default, a client waits 10 seconds for a service, and the application does not keep
 * the JVM running.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("adaptive.test")
public @interface AutoConfigureAdaptiveTest {

	/**
	 * Returns whether messages are copied through the codec as over a socket, so that a
	 * message that cannot be encoded is detected.
	 * @return {@code false} to pass them by reference
	 */
	boolean copyMessages() default true;

}
