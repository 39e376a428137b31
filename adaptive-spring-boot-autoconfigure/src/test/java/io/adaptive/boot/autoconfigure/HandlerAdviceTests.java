package io.adaptive.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what an application puts around its handlers: validation, aspects and
 * transactions, each the real one.
 */
class HandlerAdviceTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class, ValidationAutoConfiguration.class,
				AopAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class);

	@Test
	void messageThatIsNotValidIsRefusedWithWhatIsWrong() {
		this.contextRunner.withBean(Orders.class).run((context) -> {
			Connection orders = connect(context.getBean(AdaptiveClient.class));
			assertThat(orders.sendRecv(new Order("book", List.of(new Line(1))), Done.class))
				.isEqualTo(new Done("book"));
			assertRefused(orders, new Order(" ", List.of(new Line(0))),
					"The message is not valid: item must not be blank, lines[0].count must be greater than 0");
			assertRefused(orders, new Order("book", List.of()), "The message is not valid: lines must not be empty");
		});
	}

	@Test
	void conversingHandlerIsValidatedToo() {
		this.contextRunner.withBean(Orders.class)
			.run((context) -> assertRefused(connect(context.getBean(AdaptiveClient.class)), new Line(-1),
					"The message is not valid: count must be greater than 0"));
	}

	@Test
	void validatedBeanUsesItsGroups() {
		this.contextRunner.withBean(Grouped.class).run((context) -> {
			Connection orders = connect(context.getBean(AdaptiveClient.class));
			assertThat(orders.sendRecv(new Limited(100, ""), Done.class)).isEqualTo(new Done("strict"));
			assertRefused(orders, new Limited(101, ""), "The message is not valid: count must be at most 100");
			assertRefused(orders, new Order("", List.of()),
					"The message is not valid: item must not be blank, lines must not be empty");
		});
	}

	@Test
	void violationInsideOfAHandlerIsNotTheFaultOfItsCaller() {
		this.contextRunner.withBean(Inner.class).withBean(Careless.class).run((context) -> {
			Connection orders = connect(context.getBean(AdaptiveClient.class));
			assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> orders.sendRecv(new Line(1), Done.class))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNKNOWN));
		});
	}

	@Test
	void withoutAValidatorNothingIsValidated() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.scopes=process")
			.withBean(ProcessSpace.class)
			.withBean(Orders.class)
			.run((context) -> assertThat(
					connect(context.getBean(AdaptiveClient.class)).sendRecv(new Order("", List.of()), Done.class))
				.isEqualTo(new Done("")));
	}

	@Test
	void severalValidatorsDoNotMatterToHandlersWithoutConstraints() {
		withTwoValidators("one", "other").withBean(EchoService.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void severalValidatorsOfWhichNoneIsTheOneAreRefusedToHandlersWithConstraints() {
		withTwoValidators("one", "other").withBean("orders", Orders.class)
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(InvalidDeclarationException.class)
				.hasMessageContaining("of bean 'orders'")
				.hasMessageContaining(
						"has constraints, but the application has several validators and none of them is primary: one, other")
				.hasMessageContaining("Mark one of them as @Primary"));
	}

	@Test
	void ofSeveralValidatorsTheDefaultOneIsUsed() {
		withTwoValidators("defaultValidator", "other").withBean(Orders.class)
			.run((context) -> assertRefused(connect(context.getBean(AdaptiveClient.class)), new Line(-1),
					"The message is not valid: count must be greater than 0"));
	}

	private ApplicationContextRunner withTwoValidators(String one, String other) {
		return this.contextRunner.withBean(one, LocalValidatorFactoryBean.class)
			.withBean(other, LocalValidatorFactoryBean.class);
	}

	@Test
	void aspectSurroundsAHandler() {
		this.contextRunner.withBean(Orders.class).withBean(Journal.class).run((context) -> {
			connect(context.getBean(AdaptiveClient.class)).sendRecv(new Order("book", List.of(new Line(1))),
					Done.class);
			assertThat(context.getBean(Journal.class).lines).containsExactly("before order", "after Done[text=book]");
		});
	}

	@Test
	void handlerRunsInItsTransaction() {
		this.contextRunner.withUserConfiguration(Transactions.class).withBean(Booking.class).run((context) -> {
			Connection booking = connect(context.getBean(AdaptiveClient.class));
			List<String> log = context.getBean(RecordingTransactionManager.class).log;
			assertThat(booking.sendRecv(new Line(1), Done.class)).isEqualTo(new Done("true"));
			assertThat(log).containsExactly("begin", "commit");
			assertThatExceptionOfType(RemoteException.class)
				.isThrownBy(() -> booking.sendRecv(new Order("", List.of()), Done.class))
				.withMessageContaining("sold out");
			assertThat(log).containsExactly("begin", "commit", "begin", "rollback");
		});
	}

	private static Connection connect(AdaptiveClient client) {
		return client.discover("example", "orders");
	}

	private static void assertRefused(Connection orders, Object message, String text) {
		assertThatExceptionOfType(RemoteException.class).isThrownBy(() -> orders.sendRecv(message, Done.class))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
				assertThat(ex.error().message()).isEqualTo(text);
			});
	}

	record Order(@NotBlank(message = "must not be blank") String item,
			@NotEmpty(message = "must not be empty") @Valid List<Line> lines) {

	}

	record Line(@Positive(message = "must be greater than 0") int count) {

	}

	interface Strict {

	}

	record Limited(@Max(value = 100, groups = Strict.class, message = "must be at most {value}") int count,
			@NotBlank(message = "must not be blank") String text) {

	}

	record Done(String text) {

	}

	@AdaptiveService(publisher = "example", name = "orders")
	static class Orders {

		@MessageHandler
		Done order(@Valid Order order) {
			return new Done(order.item());
		}

		@MessageHandler
		void line(ContextStream stream, @Valid Line line) {
			stream.send(new Done("never"));
		}

	}

	@Validated
	@AdaptiveService(publisher = "example", name = "orders")
	static class Grouped {

		@MessageHandler
		Done order(@Valid Order order) {
			return new Done(order.item());
		}

		@Validated(Strict.class)
		@MessageHandler
		Done strict(@Valid Limited limited) {
			return new Done("strict");
		}

	}

	@Validated
	static class Inner {

		void take(@Positive int count) {
		}

	}

	@AdaptiveService(publisher = "example", name = "orders")
	static class Careless {

		private final Inner inner;

		Careless(Inner inner) {
			this.inner = inner;
		}

		@MessageHandler
		void line(@Valid Line line) {
			this.inner.take(-line.count());
		}

	}

	@Aspect
	static class Journal {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		@Around("@annotation(io.adaptive.spring.MessageHandler)")
		Object around(ProceedingJoinPoint call) throws Throwable {
			this.lines.add("before " + call.getSignature().getName());
			Object result = call.proceed();
			this.lines.add("after " + result);
			return result;
		}

	}

	@AdaptiveService(publisher = "example", name = "orders")
	static class Booking {

		@Transactional
		@MessageHandler
		Done line(Line line) {
			return new Done(String.valueOf(TransactionSynchronizationManager.isActualTransactionActive()));
		}

		@Transactional
		@MessageHandler
		Done order(Order order) {
			throw new IllegalStateException("sold out");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement
	@Import(RecordingTransactionManager.class)
	static class Transactions {

	}

	static class RecordingTransactionManager extends AbstractPlatformTransactionManager {

		private static final long serialVersionUID = 1L;

		private final transient List<String> log = new CopyOnWriteArrayList<>();

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.log.add("begin");
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			this.log.add("commit");
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			this.log.add("rollback");
		}

	}

}
