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
 * Confines the node of a test's application to an {@link InMemoryNetwork} of its own,
 * whatever its properties say: it opens no socket and no file, and contexts that are
 * cached beside each other never meet. For tests of a whole application, such as with
 * {@code @SpringBootTest}; {@link AdaptiveTest @AdaptiveTest} includes it.
 * <p>
 * The beans {@link InMemoryNetwork}, {@link LinkFaults} and {@link TestClock} can be
 * injected into the test. After each test they are reset, and with them all
 * {@linkplain StubService stubs}.
 * <p>
 * Unless properties say otherwise, a client waits 10 seconds for a service instead of for
 * ever, and the application does not keep the JVM alive.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("adaptive.test")
public @interface AutoConfigureAdaptiveTest {

	/**
	 * Whether messages are copied through the codec as over a socket, so that one that
	 * cannot be encoded is found.
	 * @return {@code false} to hand them over by reference
	 */
	boolean copyMessages() default true;

}
