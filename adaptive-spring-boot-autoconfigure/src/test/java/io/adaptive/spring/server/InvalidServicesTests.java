package io.adaptive.spring.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.message.Scope;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.OnConnect;
import io.adaptive.spring.OnStreamClose;
import io.adaptive.spring.OnStreamOpen;
import io.adaptive.spring.message.MessageCheck;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.ReflectionUtils;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for what {@link AnnotatedServices} and {@link HandlerMethod} refuse, and how.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidServicesTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	@Test
	void handlerHiddenByAnInterfaceProxyIsRefused() {
		proxyBeans(false);
		assertRefused(HiddenByInterface.class, "@MessageHandler method echo(Text) of bean 'service'",
				HiddenByInterface.class.getName(), "hidden by the proxy", "spring.aop.proxy-target-class=true",
				"declare it in an interface");
	}

	@Test
	void privateHandlerOfAProxiedClassIsRefused() {
		proxyBeans(true);
		assertRefused(PrivateHandler.class, "echo(Text) of bean 'service'", "hidden by the proxy",
				"at least package-private");
	}

	@Test
	void finalHandlersAndHooksOfAProxiedClassAreRefused() {
		proxyBeans(true);
		assertRefused(FinalHandler.class, "@MessageHandler method echo(Text) of bean 'service'", "is final",
				"Remove final");
		assertRefused(FinalHook.class, "@OnConnect method connected() of bean 'service'", "is final", "Remove final");
	}

	@Test
	void aServiceOfARequestIsRefusedBehindAScopedProxy() {
		registerScoped(this.beanFactory, FinalHandler.class, "request");
		assertThatExceptionOfType(InvalidDeclarationException.class)
			.isThrownBy(() -> new AnnotatedServices(this.beanFactory).read(EnumSet.allOf(Scope.class)))
			.withMessageContainingAll("Bean 'service'", "not a singleton", "Remove its scope");
	}

	static void registerScoped(DefaultListableBeanFactory beanFactory, Class<?> type, String scope) {
		RootBeanDefinition target = new RootBeanDefinition(type);
		target.setScope(scope);
		BeanDefinitionHolder proxy = ScopedProxyUtils.createScopedProxy(new BeanDefinitionHolder(target, "service"),
				beanFactory, true);
		beanFactory.registerBeanDefinition("service", proxy.getBeanDefinition());
	}

	@Test
	void aHandlerThatIsNonBlockingAndInterruptibleIsRefused() {
		assertRefused(NonBlockingInterruptible.class, "@MessageHandler method echo(Text) of bean 'service'",
				"is both nonBlocking and interruptible", "Remove one of the two attributes");
	}

	@Test
	void twoHandlersForOneMessageAreRefused() {
		assertRefused(TwoHandlers.class,
				"Service example/test has two handlers for message " + MessageType.of(Text.class),
				"one(Text) of bean 'service'", "other(Text, ContextStream) of bean 'service'", "Keep one of them");
	}

	@Test
	void handlersOfASealedTypeAndOfOneOfItsMessagesAreRefused() {
		assertRefused(OverlappingHandlers.class, "has two handlers for message " + MessageType.of(Circle.class),
				"any(Shape)", "one(Circle)");
	}

	@Test
	void handlerWithoutMessageIsRefused() {
		assertRefused(NoMessage.class, "@MessageHandler method nothing(ContextStream) of bean 'service'",
				"takes no message", "Add the message it handles as a parameter");
	}

	@Test
	void handlerWithTwoMessagesIsRefused() {
		assertRefused(TwoMessages.class, "pair(Text, Number) of bean 'service'",
				"takes two messages, " + Text.class.getName() + " and " + Number.class.getName(),
				"Give each message a method of its own", "let an @OnStreamOpen method return it");
	}

	@Test
	void parameterThatIsNoMessageIsRefused() {
		assertRefused(PlainStream.class, "parameter 1 of type " + MessageStream.class.getName(),
				"Let it take at most, and each once, in any order: one message (a record");
		assertRefused(ErrorOfAHandler.class, "parameter 1 of type " + ErrorInfo.class.getName());
		assertRefused(ObjectMessage.class, "parameter 0 of type " + Object.class.getName());
		assertRefused(InterfaceMessage.class, "parameter 0 of type " + CharSequence.class.getName());
		assertRefused(TwoStreams.class, "parameter 2 of type " + ContextStream.class.getName());
	}

	@Test
	void handlerOfABeanThatPublishesNoServiceIsRefused() {
		assertRefused(Stray.class, "Bean 'service' has the @MessageHandler method", "Stray.handle(",
				"publishes no service", "Put @AdaptiveService with publisher and name on its class");
	}

	@Test
	void beanThatNeedsWhatIsNotThereIsNoStrayHandler() throws ClassNotFoundException {
		Class<?> unreadable = new WithoutMissing().loadClass(Unreadable.class.getName());
		assertThatIllegalStateException().isThrownBy(() -> ReflectionUtils.getDeclaredMethods(unreadable));
		this.beanFactory.registerBeanDefinition("lazy", new RootBeanDefinition(unreadable));
		assertThat(new AnnotatedServices(this.beanFactory).read(EnumSet.allOf(Scope.class))).isEmpty();
	}

	@Test
	void interfaceOfAnotherProgramsServiceIsNoStrayHandler() {
		this.beanFactory.registerBeanDefinition("client",
				new RootBeanDefinition(Described.class, () -> (message) -> message));
		assertThat(new AnnotatedServices(this.beanFactory).read(EnumSet.allOf(Scope.class))).isEmpty();
	}

	@Test
	void serviceWithoutHandlerIsRefused() {
		assertRefused(NoHandler.class, "Bean 'service' (" + NoHandler.class.getName() + ")", "without a handler",
				"Put @MessageHandler on the methods");
	}

	@Test
	void messageThatCannotBeEncodedIsRefused() {
		assertRefused(OpenMessage.class, "@MessageHandler method hear(Page) of bean 'service'",
				"has a message that cannot be encoded: content in " + Page.class.getName(),
				"is of type " + Unrelated.class.getName() + ", which is neither concrete nor sealed",
				"Use a record, another concrete class or a sealed type there", "scopes = Scope.PROCESS");
	}

	@Test
	void replyThatCannotBeEncodedIsRefused() {
		assertRefused(OpenReply.class, "@MessageHandler method hear(Text) of bean 'service'",
				"has a message that cannot be encoded: content in " + Page.class.getName());
	}

	@Test
	void messageThatStaysWithinTheProgramMayHoldAnything() {
		this.beanFactory.registerBeanDefinition("service", new RootBeanDefinition(OpenMessage.class));
		assertThat(new AnnotatedServices(this.beanFactory).read(EnumSet.of(Scope.PROCESS))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "fory", "json", "cbor" })
	void messageThatCannotBeEncodedIsRefusedWithEachCodec(String codec) {
		this.beanFactory.registerBeanDefinition("service", new RootBeanDefinition(OpenMessage.class));
		AnnotatedServices services = new AnnotatedServices(this.beanFactory, new MessageCheck(codec, Set.of()));
		assertThatExceptionOfType(InvalidDeclarationException.class)
			.isThrownBy(() -> services.read(EnumSet.allOf(Scope.class)))
			.withMessageContaining("has a message that cannot be encoded: content in " + Page.class.getName());
	}

	@Test
	void messageThatOnlyAnotherCodecCannotEncodeIsWarnedOfOnce(CapturedOutput output) {
		this.beanFactory.registerBeanDefinition("service", new RootBeanDefinition(KeyedMessage.class));
		AnnotatedServices services = new AnnotatedServices(this.beanFactory, new MessageCheck("fory", Set.of()));
		assertThat(services.read(EnumSet.allOf(Scope.class))).hasSize(1);
		assertThat(services.read(EnumSet.allOf(Scope.class))).hasSize(1);
		assertThat(output.getAll().lines().filter((line) -> line.contains("for peers with another codec")))
			.singleElement(InstanceOfAssertFactories.STRING)
			.contains("WARN", "type=" + Keyed.class.getName(), "json", "component names of " + Keyed.class.getName());
		AnnotatedServices json = new AnnotatedServices(this.beanFactory, new MessageCheck("json", Set.of()));
		assertThatExceptionOfType(InvalidDeclarationException.class)
			.isThrownBy(() -> json.read(EnumSet.allOf(Scope.class)))
			.withMessageContaining("component names of " + Keyed.class.getName());
	}

	@Test
	void serviceThatIsNoSingletonIsRefused() {
		RootBeanDefinition definition = new RootBeanDefinition(NoHandler.class);
		definition.setScope(BeanDefinition.SCOPE_PROTOTYPE);
		this.beanFactory.registerBeanDefinition("service", definition);
		assertThatExceptionOfType(InvalidDeclarationException.class)
			.isThrownBy(() -> new AnnotatedServices(this.beanFactory).read(EnumSet.allOf(Scope.class)))
			.withMessageContainingAll("Bean 'service'", "not a singleton", "Remove its scope");
	}

	@Test
	void invalidServiceNameIsRefused() {
		assertRefused(InvalidName.class, "@AdaptiveService of bean 'service'", "\"he/llo\"", "'/'",
				"Correct the publisher or the name");
	}

	@Test
	void beansThatDisagreeAboutTheirServiceAreRefused() {
		this.beanFactory.registerBeanDefinition("other", new RootBeanDefinition(Ordered.class));
		assertRefused(HiddenByInterface.class, "Beans 'other' and 'service' publish service example/test together",
				"ordered = true, scopes = [PROCESS] and ordered = false, scopes = all", "Say the same in both");
	}

	@Test
	void hookThatTakesWhatThereIsNotIsRefused() {
		assertRefused(HookOfAMessage.class, "@OnConnect method connected(Text) of bean 'service'",
				"parameter 0 of type " + Text.class.getName(), "in any order: ConnectionInfo");
		assertRefused(HookOfTheStream.class, "@OnStreamOpen method opened(ContextStream) of bean 'service'",
				"in any order: StreamContext and ConnectionInfo");
	}

	@Test
	void hookThatReturnsWhatNobodyTakesIsRefused() {
		assertRefused(ReturningHook.class, "@OnStreamClose method closed() of bean 'service'",
				"returns " + Text.class.getName() + ", but no handler or hook has a parameter for it",
				"Let it return nothing");
	}

	@Test
	void twoObjectsOfOneStreamAreRefused() {
		assertRefused(TwoObjects.class, "Service example/test has two @OnStreamOpen methods that return something",
				"number() of bean 'service' and text() of bean 'service'", "put what it has into the StreamContext");
	}

	@Test
	void objectOfNoTypeIsRefused() {
		assertRefused(UntypedObject.class, "@OnStreamOpen method opened() of bean 'service'",
				"returns java.lang.Object, by which no parameter can be recognised");
	}

	private void assertRefused(Class<?> type, String... texts) {
		this.beanFactory.registerBeanDefinition("service", new RootBeanDefinition(type));
		assertThatExceptionOfType(InvalidDeclarationException.class)
			.isThrownBy(() -> new AnnotatedServices(this.beanFactory).read(EnumSet.allOf(Scope.class)))
			.withMessageContainingAll(texts);
	}

	private void proxyBeans(boolean proxyTargetClass) {
		this.beanFactory.addBeanPostProcessor(new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				ProxyFactory factory = new ProxyFactory(bean);
				factory.setProxyTargetClass(proxyTargetClass);
				return factory.getProxy(getClass().getClassLoader());
			}
		});
	}

	record Text(String value) {

	}

	record Number(int value) {

	}

	sealed interface Shape permits Circle {

	}

	record Circle(int radius) implements Shape {

	}

	interface Unrelated {

		void unrelated();

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class FinalHandler {

		@MessageHandler
		final Text echo(Text text) {
			return text;
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class FinalHook {

		@MessageHandler
		Text echo(Text text) {
			return text;
		}

		@OnConnect
		public final void connected() {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class NonBlockingInterruptible {

		@MessageHandler(nonBlocking = true, interruptible = true)
		Text echo(Text text) {
			return text;
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class HiddenByInterface implements Unrelated {

		@MessageHandler
		public Text echo(Text text) {
			return text;
		}

		@Override
		public void unrelated() {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class PrivateHandler {

		@MessageHandler
		private Text echo(Text text) {
			return text;
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class TwoHandlers {

		@MessageHandler
		void one(Text text) {
		}

		@MessageHandler
		void other(Text text, ContextStream stream) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class OverlappingHandlers {

		@MessageHandler
		void any(Shape shape) {
		}

		@MessageHandler
		void one(Circle circle) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class NoMessage {

		@MessageHandler
		void nothing(ContextStream stream) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class TwoMessages {

		@MessageHandler
		void pair(Text text, Number number) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class PlainStream {

		@MessageHandler
		void hear(Text text, MessageStream stream) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class ObjectMessage {

		@MessageHandler
		void hear(Object anything) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class InterfaceMessage {

		@MessageHandler
		void hear(CharSequence text) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class TwoStreams {

		@MessageHandler
		void hear(Text text, ContextStream stream, ContextStream other) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class ErrorOfAHandler {

		@MessageHandler
		void hear(Text text, ErrorInfo error) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test", ordered = true, scopes = Scope.PROCESS)
	static class Ordered {

		@MessageHandler
		void hear(Number number) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class HookOfAMessage {

		@OnConnect
		void connected(Text text) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class HookOfTheStream {

		@OnStreamOpen
		void opened(ContextStream stream) {
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class ReturningHook {

		@OnStreamClose
		Text closed() {
			return new Text("");
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class TwoObjects {

		@OnStreamOpen
		Text text() {
			return new Text("");
		}

		@OnStreamOpen
		Number number() {
			return new Number(1);
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class UntypedObject {

		@OnStreamOpen
		Object opened() {
			return "";
		}

	}

	record Page(Unrelated content) {

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class OpenMessage {

		@MessageHandler
		void hear(Page page) {
		}

	}

	record Keyed(Map<Text, String> names) {

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class KeyedMessage {

		@MessageHandler
		Keyed hear(Keyed keyed) {
			return keyed;
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class OpenReply {

		@MessageHandler
		Mono<Page> hear(Text text) {
			return Mono.empty();
		}

	}

	@AdaptiveService(publisher = "example", name = "test")
	static class NoHandler {

		void hear(Text text) {
		}

	}

	@AdaptiveService(publisher = "example", name = "he/llo")
	static class InvalidName {

		@MessageHandler
		void hear(Text text) {
		}

	}

	static class Stray {

		@MessageHandler
		Text handle(Text text) {
			return text;
		}

	}

	interface Described {

		@MessageHandler
		Text handle(Text text);

	}

	static class Unreadable {

		Missing missing() {
			throw new UnsupportedOperationException();
		}

	}

	static class Missing {

	}

	/**
	 * As if an optional dependency were not there.
	 */
	private static final class WithoutMissing extends ClassLoader {

		WithoutMissing() {
			super(InvalidServicesTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.equals(Missing.class.getName())) {
				throw new ClassNotFoundException(name);
			}
			return name.equals(Unreadable.class.getName()) ? define(name) : super.loadClass(name, resolve);
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = file.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
