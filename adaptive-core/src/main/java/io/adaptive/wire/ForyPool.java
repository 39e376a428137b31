package io.adaptive.wire;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;

import org.apache.fory.Fory;
import org.apache.fory.codegen.CodegenException;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.resolver.TypeResolver;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The Fory instances for one message type. An instance serves one thread at a time, costs
 * milliseconds to make and some 65 KB to keep; so a few are made when needed and kept,
 * and who finds all of them busy waits for one.
 */
final class ForyPool {

	/** A power of two. */
	private static final int MAX_INSTANCES = Math.max(4,
			2 * Integer.highestOneBit(Runtime.getRuntime().availableProcessors()));

	private static final int INITIAL_BUFFER = 256;

	/** A buffer that one large message has grown beyond this is not kept. */
	private static final int MAX_KEPT_BUFFER = 256 * 1024;

	private final Class<?> type;

	private final Set<Class<?>> closure;

	/**
	 * The instances that nobody uses at the moment. Threads begin to look at different
	 * places, so that they seldom meet.
	 */
	private final AtomicReferenceArray<@Nullable Entry> idle = new AtomicReferenceArray<>(MAX_INSTANCES);

	/** Whether serializers are compiled. Changes once, to {@code false}. */
	private volatile boolean generating;

	private final GeneratedCode code = new GeneratedCode();

	private final AtomicInteger made = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	private final Semaphore returned = new Semaphore(0);

	/**
	 * Makes the pool of a type.
	 * @param declared what it declares
	 * @param registered what may stand in it besides
	 */
	ForyPool(Class<?> type, Set<Class<?>> declared, Set<Class<?>> registered) {
		this.type = type;
		this.closure = new LinkedHashSet<>(declared);
		Set<String> names = this.closure.stream().map(TypeClosure::nameOf).collect(Collectors.toSet());
		registered.stream().filter((each) -> names.add(TypeClosure.nameOf(each))).forEach(this.closure::add);
		this.generating = !DeepCollections.areIn(this.closure);
	}

	<T> T encode(Object message, PayloadCodec.Use<T> use) {
		Entry entry = borrow();
		boolean sound = false;
		try {
			T used = entry.encode(message, use);
			sound = true;
			this.code.hasWritten();
			return used;
		}
		catch (RuntimeException ex) {
			sound = !mustInterpret(entry, ex);
			if (sound) {
				throw ex;
			}
		}
		finally {
			giveBack(entry, sound);
		}
		return encode(message, use);
	}

	/**
	 * Reads a message.
	 * @param fingerprint tells declarations of the type apart, 0 if it is not known
	 */
	<T> T decode(Class<T> type, long fingerprint, byte[] encoded) {
		Entry entry = borrow();
		boolean sound = false;
		try {
			T message = entry.decode(type, encoded);
			sound = true;
			this.code.hasRead(fingerprint);
			if (message == null) {
				throw new IllegalArgumentException("The content is null");
			}
			return message;
		}
		catch (RuntimeException ex) {
			sound = !mustInterpret(entry, ex);
			if (sound) {
				throw ex;
			}
		}
		finally {
			giveBack(entry, sound);
		}
		return decode(type, fingerprint, encoded);
	}

	/**
	 * Tells whether a message can be read without delay.
	 */
	boolean isReadyToDecode(long fingerprint) {
		return this.code.reads(fingerprint) && hasIdle();
	}

	/**
	 * Tells whether a message can be written without delay.
	 */
	boolean isReadyToEncode() {
		return this.code.writes() && hasIdle();
	}

	private boolean hasIdle() {
		for (int i = 0; i < MAX_INSTANCES; i++) {
			if (this.idle.get(i) != null) {
				return true;
			}
		}
		return false;
	}

	void warmUp() {
		Entry entry = borrow();
		boolean sound = false;
		try {
			entry.prepare(this.type, this.closure);
			sound = true;
			this.code.hasRead(MessageSchema.of(this.type).fingerprint());
			this.code.hasWritten();
			return;
		}
		catch (RuntimeException ex) {
			sound = !mustInterpret(entry, ex);
			if (sound) {
				throw ex;
			}
		}
		finally {
			giveBack(entry, sound);
		}
		warmUp();
	}

	/**
	 * Turns to interpreted serializers, whose bytes are the same, if an instance could
	 * not compile its own. A name outside of ASCII is such a case where the default
	 * character set of the program has none but ASCII.
	 * @return whether to try again without generated code
	 */
	private boolean mustInterpret(Entry entry, RuntimeException failure) {
		if (!entry.generating || CodecFailure.find(CodegenException.class, failure) == null) {
			return false;
		}
		this.generating = false;
		return true;
	}

	private Entry borrow() {
		while (true) {
			Entry entry = findIdle();
			if (entry == null) {
				entry = makeNext();
			}
			if (entry == null) {
				// The last idle one was taken by now, and user code may hold it.
				entry = Schedulers.isInNonBlockingThread() ? makeExtra() : awaitReturned();
			}
			if (!entry.generating || this.generating) {
				return entry;
			}
			giveBack(entry, false);
		}
	}

	private @Nullable Entry findIdle() {
		int own = ownPlace();
		for (int i = 0; i < MAX_INSTANCES; i++) {
			int place = own ^ i;
			if (this.idle.get(place) != null) {
				Entry entry = this.idle.getAndSet(place, null);
				if (entry != null) {
					return entry;
				}
			}
		}
		return null;
	}

	private static int ownPlace() {
		return (int) Thread.currentThread().getId() & (MAX_INSTANCES - 1);
	}

	private @Nullable Entry makeNext() {
		int before = this.made.getAndUpdate((made) -> Math.min(made + 1, MAX_INSTANCES));
		if (before == MAX_INSTANCES) {
			return null;
		}
		try {
			return make(true);
		}
		catch (RuntimeException | Error ex) {
			this.made.decrementAndGet();
			throw ex;
		}
	}

	/**
	 * Makes one that is used once, for a thread that must not wait.
	 */
	private Entry makeExtra() {
		return make(false);
	}

	private Entry make(boolean kept) {
		boolean generating = this.generating;
		return new Entry(newFory(generating), generating, kept);
	}

	/**
	 * Counted as waiting before looking once more: who returns an instance after that
	 * look sees the count.
	 */
	private Entry awaitReturned() {
		this.waiting.incrementAndGet();
		try {
			Entry entry = findIdle();
			while (entry == null) {
				this.returned.acquireUninterruptibly();
				entry = findIdle();
				if (entry == null) {
					// One that was not sound may have left its place.
					entry = makeNext();
				}
			}
			return entry;
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

	/**
	 * Returns an instance.
	 * @param sound {@code false} if an error left it in the middle of its work; then it
	 * is not used again
	 */
	private void giveBack(Entry entry, boolean sound) {
		if (!entry.kept) {
			return;
		}
		if (sound) {
			entry.shrink();
			int place = ownPlace();
			// There are as many places as instances, so one is free.
			while (!this.idle.compareAndSet(place, null, entry)) {
				place = (place + 1) & (MAX_INSTANCES - 1);
			}
		}
		else {
			this.made.decrementAndGet();
		}
		if (this.waiting.get() > 0) {
			this.returned.release();
		}
	}

	private Fory newFory(boolean generating) {
		Fory fory = Fory.builder()
			.withXlang(false)
			.withCompatible(true)
			.requireClassRegistration(true)
			.withDeserializeUnknownClass(false)
			.suppressClassRegistrationWarnings(true)
			.withAsyncCompilation(false)
			.withCodegen(generating)
			.withRefTracking(false)
			// By number, a constant inserted on one side would be read as another.
			.serializeEnumByName(true)
			.withClassLoader(classLoader())
			.build();
		for (Class<?> member : this.closure) {
			initialize(member);
			fory.register(member, TypeClosure.nameOf(member));
		}
		ForyValues.register(fory);
		return fory;
	}

	/**
	 * Initializes a class before generated code does, which prints the error of a class
	 * that fails.
	 */
	private static void initialize(Class<?> type) {
		try {
			Class.forName(type.getName(), true, type.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException("The class is there: " + type.getName(), ex);
		}
	}

	private ClassLoader classLoader() {
		ClassLoader loader = this.closure.stream()
			.findFirst()
			.map(Class::getClassLoader)
			.orElse(this.type.getClassLoader());
		return (loader != null) ? loader : ForyPool.class.getClassLoader();
	}

	private static final class Entry {

		private static final byte[] NOTHING = {};

		private final Fory fory;

		private final boolean generating;

		private final boolean kept;

		private final MemoryBuffer in = MemoryBuffer.fromByteArray(NOTHING);

		private MemoryBuffer out = MemoryBuffer.newHeapBuffer(INITIAL_BUFFER);

		Entry(Fory fory, boolean generating, boolean kept) {
			this.fory = fory;
			this.generating = generating;
			this.kept = kept;
		}

		<T> T encode(Object message, PayloadCodec.Use<T> use) {
			this.out.writerIndex(0);
			this.fory.serialize(this.out, message);
			return use.apply(this.out.getHeapMemory(), this.out.writerIndex());
		}

		<T> @Nullable T decode(Class<T> type, byte[] encoded) {
			this.in.pointTo(encoded, 0, encoded.length);
			this.in.readerIndex(0);
			try {
				// What is to be an Object is read as what the bytes say, among the
				// registered.
				return type.cast(
						(type == Object.class) ? this.fory.deserialize(this.in) : this.fory.deserialize(this.in, type));
			}
			finally {
				this.in.pointTo(NOTHING, 0, 0);
			}
		}

		/**
		 * Generates the code that writes a type, and the code that reads it and what it
		 * contains as they are declared here.
		 */
		void prepare(Class<?> type, Collection<Class<?>> closure) {
			TypeResolver types = this.fory.getTypeResolver();
			types.getTypeInfo(type);
			this.fory.ensureSerializersCompiled();
			List<Class<?>> concrete = closure.stream().filter(Entry::isConcrete).toList();
			this.out.writerIndex(0);
			WriteContext writing = this.fory.getWriteContext();
			writing.prepare(this.out, null);
			try {
				concrete.forEach((each) -> types.writeTypeInfo(writing, types.getTypeInfo(each)));
			}
			finally {
				writing.reset();
			}
			this.in.pointTo(this.out.getHeapMemory(), 0, this.out.writerIndex());
			this.in.readerIndex(0);
			ReadContext reading = this.fory.getReadContext();
			reading.prepare(this.in, null, false);
			try {
				concrete.forEach((each) -> types.readTypeInfo(reading, each));
			}
			finally {
				reading.reset();
				this.in.pointTo(NOTHING, 0, 0);
			}
		}

		private static boolean isConcrete(Class<?> type) {
			return !type.isEnum() && !Modifier.isAbstract(type.getModifiers());
		}

		void shrink() {
			if (this.out.size() > MAX_KEPT_BUFFER) {
				this.out = MemoryBuffer.newHeapBuffer(INITIAL_BUFFER);
			}
		}

	}

}
