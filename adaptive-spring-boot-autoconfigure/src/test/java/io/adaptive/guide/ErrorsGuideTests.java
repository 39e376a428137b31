package io.adaptive.guide;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.adaptive.annotation.Idempotent;
import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The examples of the page on errors.
 */
class ErrorsGuideTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class)
		.withBean(Client.class)
		.withBean(Ledger.class)
		.withBean(AccountService.class);

	@Test
	void theCallerSeesTheCodeThatTheHandlerChose() {
		this.contextRunner.run((context) -> {
			Connection accounts = context.getBean(Client.class).accounts;
			assertThat(withdraw(accounts, 50)).isEqualTo("50 left");
			assertThat(withdraw(accounts, 500)).isEqualTo("not enough: Only 100 left");
		});
	}

	private static String withdraw(Connection accounts, int amount) {
		try {
			return accounts.sendRecv(new Withdraw(amount), Balance.class).amount() + " left";
		}
		catch (RemoteException ex) {
			if (ex.code() == ErrorCode.FAILED_PRECONDITION) {
				return "not enough: " + ex.error().message();
			}
			throw ex;
		}
	}

	@Test
	void whatAHandlerThrowsIsNamed() {
		this.contextRunner.run((context) -> assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> context.getBean(Client.class).accounts.sendRecv(new Withdraw(-1), Balance.class))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.UNKNOWN);
				assertThat(ex.error().type()).isEqualTo("java.lang.IllegalArgumentException");
				assertThat(ex).hasMessageContaining("A negative amount").hasMessageContaining("example/accounts");
			}));
	}

	@Test
	void aMessageWithoutHandlerIsRefused() {
		this.contextRunner.run((context) -> assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> context.getBean(Client.class).accounts.sendRecv(new Close(), Balance.class))
			.satisfies((ex) -> {
				assertThat(ex.code()).isEqualTo(ErrorCode.UNIMPLEMENTED);
				assertThat(ex.delivery()).isEqualTo(Delivery.NOT_PROCESSED);
			}));
	}

	@Test
	void nobodyAnswersInTime() {
		this.contextRunner.run((context) -> {
			Connection accounts = context.getBean(Client.class).accounts;
			assertThat(withdraw(accounts, 50)).isEqualTo("50 left");
			try (MessageStream stream = accounts.newStream()) {
				stream.setReceiveTimeout(Duration.ofSeconds(1));
				assertThatExceptionOfType(ReceiveTimeoutException.class)
					.isThrownBy(() -> stream.sendRecv(new Audit(), Balance.class));
			}
			assertThat(context.getBean(AccountService.class).stopped.await(50, TimeUnit.SECONDS)).isTrue();
		});
	}

	@Test
	void anInterruptibleHandlerIsInterrupted() {
		this.contextRunner.run((context) -> {
			Connection accounts = context.getBean(Client.class).accounts;
			assertThat(withdraw(accounts, 50)).isEqualTo("50 left");
			try (MessageStream stream = accounts.newStream()) {
				stream.setReceiveTimeout(Duration.ofSeconds(1));
				assertThatExceptionOfType(ReceiveTimeoutException.class)
					.isThrownBy(() -> stream.sendRecv(new Reconcile(), Balance.class));
			}
			assertThat(context.getBean(AccountService.class).reconciled.await(30, TimeUnit.SECONDS)).isTrue();
		});
	}

	@Test
	void aCancelEndsWhatTheHandlerCalls() {
		this.contextRunner.run((context) -> {
			Connection accounts = context.getBean(Client.class).accounts;
			Ledger ledger = context.getBean(Ledger.class);
			CompletableFuture<Balance> answer = accounts.async().sendRecv(new Refund(5), Balance.class);
			assertThat(ledger.refund).succeedsWithin(Duration.ofSeconds(30));
			answer.cancel(false);
			await().atMost(Duration.ofSeconds(30)).until(ledger.balance::isCancelled);
			assertThat(ledger.entry).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(new Entry(5));
		});
	}

	@Test
	void nobodyIsThere() {
		this.contextRunner.withPropertyValues("adaptive.discover-timeout=0")
			.run((context) -> assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> context.getBean(Client.class).nobody.sendRecv(new Close(), Balance.class))
				.matches((ex) -> ex.delivery() == Delivery.NOT_SENT));
	}

	static class Client {

		@Discover(publisher = "example", name = "accounts")
		Connection accounts;

		@Discover(publisher = "example", name = "nobody")
		Connection nobody;

	}

	record Withdraw(int amount) {
	}

	record Balance(int amount) {
	}

	record Close() {
	}

	record Audit() {
	}

	record Reconcile() {
	}

	@Idempotent
	record Deposit(String receipt, int amount) {
	}

	record Refund(int amount) {
	}

	record Entry(int amount) {
	}

	@AdaptiveService(publisher = "example", name = "ledger")
	static class Ledger {

		private final CompletableFuture<Entry> entry = new CompletableFuture<>();

		private final CompletableFuture<Balance> balance = new CompletableFuture<>();

		private final CompletableFuture<Refund> refund = new CompletableFuture<>();

		@MessageHandler
		void note(Entry entry) {
			this.entry.complete(entry);
		}

		@MessageHandler
		CompletableFuture<Balance> refund(Refund refund) {
			this.refund.complete(refund);
			return this.balance;
		}

	}

	@AdaptiveService(publisher = "example", name = "accounts")
	static class AccountService {

		private final CountDownLatch stopped = new CountDownLatch(1);

		@Discover(publisher = "example", name = "ledger")
		private Connection ledger;

		private final CountDownLatch reconciled = new CountDownLatch(1);

		/** Never has an answer. */
		private final BlockingQueue<Balance> bank = new LinkedBlockingQueue<>(1);

		@MessageHandler
		Balance withdraw(Withdraw withdraw) {
			if (withdraw.amount() < 0) {
				throw new IllegalArgumentException("A negative amount");
			}
			if (withdraw.amount() > 100) {
				throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION, "Only 100 left");
			}
			return new Balance(100 - withdraw.amount());
		}

		@MessageHandler
		Balance audit(Audit audit, ContextStream stream) throws InterruptedException {
			for (int account = 0; account < 1000 && !stream.isCancelled(); account++) {
				Thread.sleep(10);
			}
			this.stopped.countDown();
			return new Balance(0);
		}

		@MessageHandler
		Balance refund(Refund refund) {
			CallContext.detach(() -> this.ledger.send(new Entry(refund.amount())));
			return this.ledger.sendRecv(refund, Balance.class);
		}

		@MessageHandler(interruptible = true)
		Balance reconcile(Reconcile reconcile) throws InterruptedException {
			try {
				return this.bank.take();
			}
			finally {
				this.reconciled.countDown();
			}
		}

	}

}
