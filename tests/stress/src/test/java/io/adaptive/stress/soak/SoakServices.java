package io.adaptive.stress.soak;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Priority;
import io.adaptive.message.StreamResetException;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stress.soak.Messages.Failing;
import io.adaptive.stress.soak.Messages.Instant;
import io.adaptive.stress.soak.Messages.Issue;
import io.adaptive.stress.soak.Messages.Note;
import io.adaptive.stress.soak.Messages.Patient;
import io.adaptive.stress.soak.Messages.Question;
import io.adaptive.stress.soak.Messages.Receipt;
import io.adaptive.stress.soak.Messages.Relay;
import io.adaptive.stress.soak.Messages.Slow;
import io.adaptive.stress.soak.Messages.Step;
import io.adaptive.stress.soak.Messages.Subscribe;
import io.adaptive.stress.soak.Messages.Talk;
import io.adaptive.stress.soak.Messages.Urgent;
import io.adaptive.stress.soak.Messages.Usual;
import io.adaptive.stress.soak.Messages.Word;

/**
 * The server's end of the soak.
 */
final class SoakServices {

	private static final byte[] NOTHING = {};

	private final LongAdder connections = new LongAdder();

	private final LongAdder streams = new LongAdder();

	/**
	 * How many connections and streams are open, and publishers at work, by what they
	 * are.
	 */
	private final Map<String, Integer> open = new ConcurrentSkipListMap<>();

	private volatile Books books = new Books(0);

	private volatile Connection relay;

	/**
	 * Begins a round.
	 * @param books its books
	 * @param relay where {@link Relay} is passed on to
	 */
	void begin(Books books, Connection relay) {
		this.books = books;
		this.relay = relay;
	}

	Books books() {
		return this.books;
	}

	Connection relay() {
		return this.relay;
	}

	Map<String, Integer> open() {
		return this.open;
	}

	String summary() {
		return "%,d connections, %,d streams".formatted(this.connections.sum(), this.streams.sum());
	}

	Service soak() {
		return counted(Service.named("stress", "soak").handle(Question.class, (question) -> answer(question.cargo())))
			.options(Urgent.class, HandlerOptions.DEFAULT.priority(Priority.HIGH))
			.options(Patient.class, HandlerOptions.DEFAULT.priority(Priority.LOW))
			.options(Instant.class, HandlerOptions.DEFAULT.asNonBlocking())
			.handle(Failing.class, (failing) -> {
				this.books.receive(failing.cargo());
				throw new AdaptiveException(ErrorCode.ABORTED, "as asked");
			})
			.handle(Note.class, (note) -> {
				this.books.receive(note.cargo());
				return null;
			})
			.handle(Slow.class, this::slow)
			.handle(Relay.class, (message) -> relay(message))
			.handle(Talk.class, this::talk)
			.handle(Subscribe.class, this::publish);
	}

	/**
	 * Returns the service that is published and closed again and again.
	 */
	Service rolling() {
		return counted(Service.named("stress", "rolling").handle(Usual.class, (usual) -> answer(usual.cargo())));
	}

	Service ordered() {
		return counted(Service.named("stress", "ordered").handle(Step.class, (step, stream) -> {
			this.books.receive(step.cargo());
			AtomicInteger next = (AtomicInteger) stream.context().get();
			this.books.checkOrder("ordered handlers", next.getAndIncrement(), step.number());
			return new Receipt(Cargo.of(step.cargo().id(), NOTHING));
		})).ordered().onStreamOpen((context) -> {
			opened(this.streams, "ordered stream");
			context.set(new AtomicInteger());
		});
	}

	private Service counted(Service service) {
		String connection = service.name().name() + " connection";
		String stream = service.name().name() + " stream";
		return service.onConnect((opened) -> opened(this.connections, connection))
			.onDisconnect((closed, cause) -> count(connection, -1))
			.onStreamOpen((context) -> opened(this.streams, stream))
			.onStreamClose((context) -> count(stream, -1));
	}

	private void opened(LongAdder counter, String what) {
		counter.increment();
		count(what, 1);
	}

	private void count(String what, int difference) {
		this.open.merge(what, difference, (before, change) -> (before + change != 0) ? before + change : null);
	}

	/**
	 * Answers with the bytes that came, or, after large ones, with none.
	 */
	private Receipt answer(Cargo cargo) {
		this.books.receive(cargo);
		return new Receipt((cargo.bytes().length < 512 * 1024) ? cargo : Cargo.of(cargo.id(), NOTHING));
	}

	private Object slow(Slow slow, ContextStream stream) {
		this.books.receive(slow.cargo());
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(slow.millis());
		while (!stream.isCancelled() && System.nanoTime() - end < 0) {
			LockSupport.parkNanos(500_000);
		}
		return new Receipt(Cargo.of(slow.cargo().id(), NOTHING));
	}

	/**
	 * The deadline of the caller holds for what the handler asks, too.
	 */
	private Object relay(Relay message) {
		Books current = this.books;
		current.receive(message.cargo());
		Cargo inner = current.send(NOTHING);
		try {
			Receipt receipt = this.relay.sendRecv(new Slow(inner, message.millis()), Receipt.class);
			current.close(inner, Outcome.ANSWERED);
			current.check(receipt.cargo());
		}
		catch (AdaptiveException ex) {
			current.close(inner, Outcome.of(ex));
			throw new AdaptiveException(ErrorCode.ABORTED, "the inner call failed");
		}
		return new Receipt(Cargo.of(message.cargo().id(), NOTHING));
	}

	private Object talk(Talk talk, ContextStream stream) {
		Books current = this.books;
		current.receive(talk.cargo());
		int said = 0;
		try {
			for (int number = 0; number < talk.limit(); number++) {
				Word word = stream.recv(Word.class);
				current.receive(word.cargo());
				current.checkOrder("inbox of a handler", number, word.number());
				if (word.echo()) {
					say(current, stream, said++);
				}
				if (number % 16 == 15) {
					LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(talk.pauseMillis()));
				}
			}
			stream.close();
		}
		catch (EndOfStreamException | StreamResetException | ConnectionLostException ex) {
			// The client has said all.
		}
		return null;
	}

	/**
	 * The client may close without having read it.
	 */
	private static void say(Books books, ContextStream stream, int number) {
		Cargo cargo = books.send(NOTHING);
		try {
			stream.send(new Word(cargo, number, false));
			books.close(cargo, Outcome.LOST);
		}
		catch (AdaptiveException ex) {
			books.close(cargo, Outcome.of(ex));
		}
	}

	private Object publish(Subscribe subscribe, ContextStream stream) {
		Books current = this.books;
		current.receive(subscribe.cargo());
		count("publisher", 1);
		new Thread(() -> {
			try {
				publishAll(current, subscribe, stream);
			}
			catch (RuntimeException ex) {
				current.error("publisher: " + ex);
			}
			finally {
				count("publisher", -1);
			}
		}, "publisher").start();
		return null;
	}

	private static void publishAll(Books books, Subscribe subscribe, ContextStream stream) {
		SplittableRandom random = new SplittableRandom(subscribe.seed());
		for (int number = 0; number < subscribe.issues(); number++) {
			Cargo cargo = books.send(Cargo.bytes(random));
			try {
				stream.send(new Issue(cargo, number));
				books.close(cargo, subscribe.wholly() ? Outcome.DELIVERED : Outcome.LOST);
			}
			catch (StreamResetException | ConnectionLostException ex) {
				books.close(cargo, Outcome.of(ex));
				return;
			}
		}
		stream.close();
	}

}
