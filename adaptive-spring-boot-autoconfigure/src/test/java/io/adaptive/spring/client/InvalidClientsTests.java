package io.adaptive.spring.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.adaptive.message.Priority;
import io.adaptive.spring.CallOptions;
import io.adaptive.spring.Discover;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.OneWay;
import io.adaptive.stream.CallSettings;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for interfaces that cannot be clients: each says which method, why, and what to
 * do.
 */
class InvalidClientsTests {

	@Test
	void aMethodWithoutAMessageIsNoCall() {
		assertInvalid(NoMessage.class, "Method now() of client interface %s takes 0 messages instead of one",
				"put several values into a record");
	}

	@Test
	void aMethodWithTwoMessagesIsNoCall() {
		assertInvalid(TwoMessages.class,
				"Method add(Number, Number) of client interface %s takes 2 messages instead of one",
				"put several values into a record");
	}

	@Test
	void aParameterThatIsNoMessageIsRefused() {
		assertInvalid(NotAMessage.class,
				"Method sum(Iterator) of client interface %s takes a parameter that is no message: java.util.Iterator",
				"Let it take a record, another concrete class, a sealed type, or a collection or array of them");
	}

	@Test
	void aParameterWhoseTypeNobodyKnowsIsRefused() {
		assertInvalid(Unresolved.class, "takes a parameter that is no message: java.lang.Object",
				"Let it take a record");
	}

	@Test
	void aReturnTypeThatIsNoReplyIsRefused() {
		assertInvalid(IteratorOfReplies.class, "returns a type that cannot be a reply: java.util.Iterator<",
				"Mono, Flux, Optional");
		assertInvalid(RawMono.class, "returns a type that cannot be a reply: reactor.core.publisher.Mono",
				"Let it return a record");
		assertInvalid(UnresolvedReply.class, "returns a type that cannot be a reply", "Let it return a record");
		assertInvalid(EmptyFlux.class, "returns reactor.core.publisher.Flux<java.lang.Void> without a reply",
				"Name the reply, or let it return void");
		assertInvalid(EmptyOptional.class, "without a reply", "Name the reply");
	}

	@Test
	void aOneWayMethodHasNoReply() {
		assertInvalid(OneWayWithReply.class,
				"is @OneWay but returns %s, for which there is no reply".formatted(Number.class.getName()),
				"or remove @OneWay");
		assertInvalid(OneWayFlux.class, "is @OneWay but returns reactor.core.publisher.Flux", "or remove @OneWay");
	}

	@Test
	void aTimeoutThatCannotBeReadIsRefused() {
		assertInvalid(WrongTimeout.class, "has a timeout that is no duration: \"soon\"", "Write a duration");
	}

	@Test
	void anInterfaceWithoutCallsIsNoClient() {
		assertInvalid(NoCalls.class, "Interface %s is to be a client but has no method that is a call",
				"Declare a method that takes a message");
	}

	@Test
	void anInterfaceMustSayOfWhichServiceItIsAClient() {
		assertThatExceptionOfType(InvalidDeclarationException.class)
			.isThrownBy(() -> ClientInterface.declaration(NoCalls.class))
			.withMessageContaining("does not say of which service")
			.withMessageContaining("Put @Discover(publisher");
	}

	@Test
	void optionsBecomeSettings() throws NoSuchMethodException {
		ClientInterface client = read(WithOptions.class);
		ClientMethod method = client.methods().get(WithOptions.class.getMethod("call", Number.class));
		assertThat(method).isNotNull().satisfies((call) -> {
			assertThat(call.settings())
				.isEqualTo(CallSettings.DEFAULT.timeout(Duration.ofSeconds(3)).priority(Priority.LOW).asIdempotent());
			assertThat(call.form()).isEqualTo(CallForm.BLOCKING);
		});
	}

	@Test
	void whatTheInterfaceSaysHoldsForMethodsThatDoNot() throws NoSuchMethodException {
		CallSettings defaults = CallSettings.DEFAULT.timeout(Duration.ofSeconds(9)).priority(Priority.HIGH);
		ClientInterface client = ClientInterface.of(WithOptions.class, defaults, (text) -> text);
		assertThat(client.methods().get(WithOptions.class.getMethod("plain", Number.class))).isNotNull()
			.extracting(ClientMethod::settings)
			.isEqualTo(defaults);
	}

	private static ClientInterface read(Class<?> type) {
		return ClientInterface.of(type, CallSettings.DEFAULT, (text) -> text);
	}

	private static void assertInvalid(Class<?> type, String problem, String action) {
		assertThatExceptionOfType(InvalidDeclarationException.class).isThrownBy(() -> read(type)).satisfies((ex) -> {
			assertThat(ex.problem()).contains(type.getName()).contains(problem.replace("%s", type.getName()));
			assertThat(ex.action()).contains(action);
		});
	}

	record Number(int value) {
	}

	interface NoMessage {

		Number now();

	}

	interface TwoMessages {

		Number add(Number one, Number other);

	}

	interface NotAMessage {

		Number sum(Iterator<Number> numbers);

	}

	interface Unresolved<T> {

		Number of(T value);

	}

	interface IteratorOfReplies {

		Iterator<Number> all(Number number);

	}

	@SuppressWarnings("rawtypes")
	interface RawMono {

		Mono any(Number number);

	}

	interface UnresolvedReply<T> {

		Mono<T> any(Number number);

	}

	interface EmptyFlux {

		Flux<Void> nothing(Number number);

	}

	interface EmptyOptional {

		Optional<Void> nothing(Number number);

	}

	interface OneWayWithReply {

		@OneWay
		Number tell(Number number);

	}

	interface OneWayFlux {

		@OneWay
		Flux<Number> tell(Number number);

	}

	interface WrongTimeout {

		@CallOptions(timeout = "soon")
		CompletableFuture<Number> call(Number number);

	}

	interface NoCalls {

		default int one() {
			return 1;
		}

	}

	@Discover(publisher = "example", name = "options")
	interface WithOptions {

		@CallOptions(timeout = "3s", priority = Priority.LOW, idempotent = true)
		Number call(Number number);

		Number plain(Number number);

	}

}
