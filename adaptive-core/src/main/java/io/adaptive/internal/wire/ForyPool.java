package io.adaptive.internal.wire;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.apache.fory.codegen.CodegenException;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The Fory instances for one message type. An instance serves one thread at a time, costs
 * milliseconds to make and some 65 KB to keep; so a few are made when needed and kept,
 * and who finds all of them busy waits for one.
 * <p>
 * Generating the code of a type takes some 50 ms of processor time, interpreting a
 * message some microseconds more than running that code. So the first messages of a type
 * are interpreted, unless it was warmed up, and the code of a type that has further ones
 * is generated in the background. The bytes are the same.
 */
final class ForyPool {

	/** Messages that are interpreted before code is generated for their type. */
	static final int INTERPRETED_MESSAGES = 16;

	private final ForyTypes types;

	private final IdleInstances idle = new IdleInstances();

	/** Generates code, {@code null} for a pool that has it from the first message. */
	private final @Nullable Executor background;

	private final AtomicBoolean requested = new AtomicBoolean();

	/** Whether code may be generated. Changes once, to {@code false}. */
	private volatile boolean generable;

	/**
	 * Whether the instances have generated code. Those of the other kind are given up.
	 */
	private volatile boolean generating;

	/** Approximate; counted until code is generated. */
	private int messages;

	private final AtomicInteger made = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	private final Semaphore returned = new Semaphore(0);

	/**
	 * Makes the pool of a type.
	 * @param types the type, and what may stand in its messages
	 * @param background generates code, {@code null} to do so at the first message
	 */
	ForyPool(ForyTypes types, @Nullable Executor background) {
		this.types = types;
		this.background = background;
		this.generable = !DeepCollections.areIn(this.types.closure());
		this.generating = this.generable && background == null;
	}

	<T> T encode(Object message, PayloadCodec.Use<T> use) {
		ForyInstance instance = borrow(PreparedCode::writes);
		boolean sound = false;
		try {
			T used = instance.encode(message, use);
			sound = true;
			instance.code().hasWritten();
			used(instance);
			return used;
		}
		catch (RuntimeException ex) {
			sound = !mustInterpret(instance, ex) && !(this.types.learn(ex) && !instance.isUpToDate());
			if (sound) {
				throw ex;
			}
		}
		finally {
			giveBack(instance, sound);
		}
		return encode(message, use);
	}

	/**
	 * Reads a message.
	 * @param fingerprint tells declarations of the type apart, 0 if it is not known
	 */
	<T> T decode(Class<T> type, long fingerprint, byte[] encoded) {
		ForyInstance instance = borrow((code) -> code.reads(fingerprint));
		boolean sound = false;
		try {
			T message = instance.decode(type, encoded);
			sound = true;
			instance.code().hasRead(fingerprint);
			used(instance);
			if (message == null) {
				throw new IllegalArgumentException("The content is null");
			}
			return message;
		}
		catch (RuntimeException ex) {
			sound = !mustInterpret(instance, ex);
			if (sound) {
				throw ex;
			}
		}
		finally {
			giveBack(instance, sound);
		}
		return decode(type, fingerprint, encoded);
	}

	/**
	 * Tells whether a message can be read without delay.
	 */
	boolean isReadyToDecode(long fingerprint) {
		return hasIdle((code) -> code.reads(fingerprint));
	}

	/**
	 * Tells whether a message can be written without delay.
	 */
	boolean isReadyToEncode() {
		return hasIdle(PreparedCode::writes);
	}

	/**
	 * Looks for an instance that has done the like before: what another one has prepared
	 * is of no use to it.
	 */
	private boolean hasIdle(Predicate<PreparedCode> ready) {
		return this.idle.has((instance) -> isReady(instance, ready));
	}

	/**
	 * Interpreted instances serve until generated ones are there.
	 */
	private boolean isReady(ForyInstance instance, Predicate<PreparedCode> ready) {
		return instance.isUpToDate() && (this.generable || !instance.isGenerating()) && ready.test(instance.code());
	}

	private boolean isOfUse(ForyInstance instance) {
		return instance.isGenerating() == this.generating && instance.isUpToDate();
	}

	/**
	 * Counts a message that was interpreted, and has code generated when there were
	 * enough of them.
	 */
	private void used(ForyInstance instance) {
		if (instance.isGenerating() || this.background == null || ++this.messages < INTERPRETED_MESSAGES) {
			return;
		}
		this.messages = 0;
		if (this.generable && this.requested.compareAndSet(false, true)) {
			this.background.execute(this::warmUp);
		}
	}

	/**
	 * Generates the code of the type, if it can be. Returns when it is there.
	 */
	void warmUp() {
		prepare(this.generable);
	}

	/**
	 * Makes what interprets the type, unless its code is there.
	 */
	void prepare() {
		prepare(this.generating);
	}

	private void prepare(boolean generate) {
		boolean first = generate != this.generating;
		ForyInstance instance = first ? new ForyInstance(this.types, generate, false) : borrow();
		boolean sound = false;
		try {
			instance.prepare();
			sound = true;
			if (first) {
				turnToGenerated();
			}
			return;
		}
		catch (RuntimeException ex) {
			sound = !mustInterpret(instance, ex);
			if (sound) {
				throw ex;
			}
		}
		finally {
			giveBack(instance, sound);
		}
		prepare(false);
	}

	/**
	 * From here on instances with generated code are used. One is made before, since an
	 * event loop waits for none. Interpreted ones are left to event loops that have found
	 * them ready; each is given up after its next use.
	 */
	private void turnToGenerated() {
		ForyInstance next = makeNext(true);
		if (next == null && this.idle.take((each) -> true) != null) {
			this.made.decrementAndGet();
			next = makeNext(true);
		}
		if (next != null) {
			try {
				next.prepare();
			}
			catch (RuntimeException | Error ex) {
				this.made.decrementAndGet();
				throw ex;
			}
		}
		this.generating = true;
		if (next != null) {
			giveBack(next, true);
		}
	}

	/**
	 * Turns to interpreted serializers, whose bytes are the same, if an instance could
	 * not compile its own. A name outside of ASCII is such a case where the default
	 * character set of the program has none but ASCII.
	 * @return whether to try again without generated code
	 */
	private boolean mustInterpret(ForyInstance instance, RuntimeException failure) {
		if (!instance.isGenerating() || CodecFailure.find(CodegenException.class, failure) == null) {
			return false;
		}
		this.generable = false;
		this.generating = false;
		return true;
	}

	/**
	 * An event loop gets an instance that has done the like before, if there is one.
	 */
	private ForyInstance borrow(Predicate<PreparedCode> ready) {
		if (this.background == null || !Schedulers.isInNonBlockingThread()) {
			return borrow();
		}
		ForyInstance instance = this.idle.take((each) -> isReady(each, ready));
		if (instance != null) {
			return instance;
		}
		// Another thread was faster. To interpret needs no code.
		return this.generating ? makeExtra() : borrow();
	}

	private ForyInstance borrow() {
		while (true) {
			ForyInstance instance = this.idle.take((each) -> true);
			if (instance == null) {
				instance = makeNext(this.generating);
			}
			if (instance == null) {
				// The last idle one was taken by now, and user code may hold it.
				if (Schedulers.isInNonBlockingThread()) {
					return makeExtra();
				}
				instance = awaitReturned();
			}
			if (isOfUse(instance)) {
				return instance;
			}
			giveBack(instance, true);
		}
	}

	private @Nullable ForyInstance makeNext(boolean generate) {
		int before = this.made.getAndUpdate((made) -> Math.min(made + 1, IdleInstances.MAX));
		if (before == IdleInstances.MAX) {
			return null;
		}
		try {
			return new ForyInstance(this.types, generate, true);
		}
		catch (RuntimeException | Error ex) {
			this.made.decrementAndGet();
			throw ex;
		}
	}

	/**
	 * Makes one that is used once, for a thread that must not wait.
	 */
	private ForyInstance makeExtra() {
		return new ForyInstance(this.types, this.generating && this.background == null, false);
	}

	/**
	 * Counted as waiting before looking once more: who returns an instance after that
	 * look sees the count.
	 */
	private ForyInstance awaitReturned() {
		this.waiting.incrementAndGet();
		try {
			ForyInstance instance = this.idle.take((each) -> true);
			while (instance == null) {
				this.returned.acquireUninterruptibly();
				instance = this.idle.take((each) -> true);
				if (instance == null) {
					// One that was not sound may have left its place.
					instance = makeNext(this.generating);
				}
			}
			return instance;
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

	/**
	 * Returns an instance, which is kept if it is of the kind that is in use.
	 * @param sound {@code false} if an error left it in the middle of its work; then it
	 * is not used again
	 */
	private void giveBack(ForyInstance instance, boolean sound) {
		if (!instance.isKept()) {
			return;
		}
		if (sound && isOfUse(instance)) {
			instance.shrink();
			this.idle.add(instance);
		}
		else {
			this.made.decrementAndGet();
		}
		if (this.waiting.get() > 0) {
			this.returned.release();
		}
	}

}
