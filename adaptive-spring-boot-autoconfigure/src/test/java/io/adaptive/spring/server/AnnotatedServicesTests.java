package io.adaptive.spring.server;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AnnotatedServices} and {@link HandlerMethod}. Handlers are called as a
 * client calls them, over a node of their own.
 */
class AnnotatedServicesTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	private final AdaptiveNode node = AdaptiveNode.builder()
		.scopes(Set.of(Scope.PROCESS))
		.processSpace(new ProcessSpace())
		.build();

	private final AdaptiveServer server = this.node.newServer();

	private final AdaptiveClient client = this.node.newClient();

	private final AtomicInteger intercepted = new AtomicInteger();

	@AfterEach
	void closeNode() {
		this.node.close();
	}

	@Test
	void handlerTakesTheMessageAndReturnsTheReply() {
		assertThat(connectTo(Echo.class).sendRecv(new Text("hello"), Text.class)).isEqualTo(new Text("hello"));
	}

	@Test
	void handlerTakesTheStreamBeforeOrAfterTheMessage() {
		Connection connection = connectTo(Conversation.class);
		assertThat(connection.sendRecv(new Text("stream first"), Text.class))
			.isEqualTo(new Text("PROCESS stream first"));
		assertThat(connection.sendRecv(new Number(42), Number.class)).isEqualTo(new Number(43));
	}

	@Test
	void handlerThatReturnsNothingIsAcknowledged() {
		assertThat(connectTo(Silent.class).sendRecv(new Text("psst"), Void.class)).isNull();
	}

	@Test
	void callerSeesTheTypeThatTheHandlerThrew() {
		Connection connection = connectTo(Failing.class);
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new Text("disk full"), Text.class))
			.satisfies((ex) -> {
				assertThat(ex.error().type()).isEqualTo(IOException.class.getName());
				assertThat(ex.error().message()).isEqualTo("disk full");
			});
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new Number(1), Text.class))
			.satisfies((ex) -> assertThat(ex.error().type()).isEqualTo(IllegalStateException.class.getName()));
	}

	@Test
	void handlerOfAProxiedClassIsCalledThroughTheProxy() {
		proxyBeans(true);
		assertThat(connectTo(Echo.class).sendRecv(new Text("hello"), Text.class)).isEqualTo(new Text("hello"));
		assertThat(this.intercepted).hasValue(1);
	}

	@Test
	void handlerDeclaredInAnInterfaceIsCalledThroughItsProxy() {
		proxyBeans(false);
		assertThat(connectTo(EchoBehindInterface.class).sendRecv(new Text("hello"), Text.class))
			.isEqualTo(new Text("hello"));
		assertThat(this.intercepted).hasValue(1);
	}

	@Test
	void handlerOfAGenericBaseClassTakesTheActualMessage() {
		assertThat(connectTo(TextHandler.class).sendRecv(new Text("hello"), Text.class)).isEqualTo(new Text("hello"));
	}

	@Test
	void handlerOfASealedTypeTakesAllItsMessages() {
		Connection connection = connectTo(SealedHandler.class);
		assertThat(connection.sendRecv(new Circle(1), Text.class)).isEqualTo(new Text("Circle[radius=1]"));
		assertThat(connection.sendRecv(new Square(2), Text.class)).isEqualTo(new Text("Square[side=2]"));
	}

	@Test
	void beansOfAServiceAreFoundWithoutCreatingThem() {
		define("one", Echo.class);
		define("two", Silent.class);
		define("other", OtherName.class);
		assertThat(new AnnotatedServices(this.beanFactory).beansOf(new ServiceName("example", "test")))
			.containsExactly("one", "two");
		assertThat(this.beanFactory.getSingletonNames()).isEmpty();
	}

	private void define(String name, Class<?> type) {
		this.beanFactory.registerBeanDefinition(name, new RootBeanDefinition(type));
	}

	private List<Service> read() {
		return new AnnotatedServices(this.beanFactory).read(EnumSet.allOf(Scope.class));
	}

	private Connection connectTo(Class<?> type) {
		define("service", type);
		read().forEach(this.server::publish);
		return this.client.discover("example", "test");
	}

	private void proxyBeans(boolean proxyTargetClass) {
		MethodInterceptor interceptor = (invocation) -> {
			this.intercepted.incrementAndGet();
			return invocation.proceed();
		};
		this.beanFactory.addBeanPostProcessor(new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				ProxyFactory factory = new ProxyFactory(bean);
				factory.setProxyTargetClass(proxyTargetClass);
				factory.addAdvice(interceptor);
				return factory.getProxy(getClass().getClassLoader());
			}
		});
	}

	record Text(String value) {

	}

	record Number(int value) {

	}

	sealed interface Shape permits Circle, Square {

	}

	record Circle(int radius) implements Shape {

	}

	record Square(int side) implements Shape {

	}

	interface Echoing {

		Text echo(Text text);

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Echo {

		@MessageHandler
		Text echo(Text text) {
			return text;
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Conversation {

		@MessageHandler
		Text streamFirst(ContextStream stream, Text text) {
			return new Text(stream.info().scope() + " " + text.value());
		}

		@MessageHandler
		Number streamLast(Number number, ContextStream stream) {
			return new Number(number.value() + 1);
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Silent {

		@MessageHandler
		void hear(Text text) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class Failing {

		@MessageHandler
		Text checked(Text text) throws IOException {
			throw new IOException(text.value());
		}

		@MessageHandler
		Text unchecked(Number number, ContextStream stream) {
			throw new IllegalStateException();
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class EchoBehindInterface implements Echoing {

		@Override
		@MessageHandler
		public Text echo(Text text) {
			return text;
		}

	}

	abstract static class BaseHandler<M> {

		@MessageHandler
		M echo(M message) {
			return message;
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class TextHandler extends BaseHandler<Text> {

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class SealedHandler {

		@MessageHandler
		Text any(Shape shape) {
			return new Text(shape.toString());
		}

	}

	@AdaptiveService(publisher = "example", name = "other")
	static class OtherName {

		@MessageHandler
		void hear(Text text) {
		}

	}

}
