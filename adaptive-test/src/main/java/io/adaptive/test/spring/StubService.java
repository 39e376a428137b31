package io.adaptive.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.adaptive.test.ServiceStub;
import org.springframework.test.context.bean.override.BeanOverride;

/**
 * Injects a {@link ServiceStub} that replaces a remote service. The application discovers
 * and calls it like any service. Before each test the stub has no answers and no received
 * messages.
 *
 * <pre class="code">
 * &#64;AdaptiveTest
 * class GreeterTests {
 *
 *     &#64;StubService(publisher = "example", name = "hello")
 *     ServiceStub hello;
 *
 *     &#64;Test
 *     void greets(&#64;Autowired Greeter greeter) {
 *         this.hello.on(HelloRequest.class).replyWith(new HelloReply("Hello John"));
 *         assertThat(greeter.greet("John")).isEqualTo("Hello John");
 *         assertThat(this.hello.received()).containsExactly(new HelloRequest("John"));
 *     }
 *
 * }
 * </pre>
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@BeanOverride(StubServiceProcessor.class)
public @interface StubService {

	/**
	 * Returns the publisher of the service.
	 * @return the publisher
	 */
	String publisher();

	/**
	 * Returns the name of the service.
	 * @return the name
	 */
	String name();

}
