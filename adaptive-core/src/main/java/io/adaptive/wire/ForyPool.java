package io.adaptive.wire;

import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

import io.adaptive.message.MessageType;
import io.netty.buffer.ByteBuf;
import org.apache.fory.Fory;
import org.apache.fory.memory.MemoryBuffer;

/**
 * The Fory instances for one message type. An instance serves one thread at a time, costs
 * milliseconds to make and some 65 KB to keep; so a few are made when needed and kept,
 * and who finds all of them busy waits for one.
 */
final class ForyPool {

	private static final int MAX_INSTANCES = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

	private static final int INITIAL_BUFFER = 256;

	/** A buffer that one large message has grown beyond this is not kept. */
	private static final int MAX_KEPT_BUFFER = 256 * 1024;

	private final Class<?> type;

	private final Set<Class<?>> closure;

	private final Semaphore permits = new Semaphore(MAX_INSTANCES);

	private final Deque<Entry> idle = new ConcurrentLinkedDeque<>();

	ForyPool(Class<?> type) {
		this.type = type;
		this.closure = TypeClosure.of(type);
	}

	void encode(Object message, ByteBuf out) {
		Entry entry = borrow();
		try {
			entry.encode(message, out);
		}
		finally {
			giveBack(entry);
		}
	}

	<T> T decode(Class<T> type, byte[] encoded) {
		Entry entry = borrow();
		try {
			T message = type.cast(entry.fory.deserialize(encoded, type));
			if (message == null) {
				throw new IllegalArgumentException("The content is null");
			}
			return message;
		}
		finally {
			giveBack(entry);
		}
	}

	void warmUp() {
		Entry entry = borrow();
		try {
			entry.fory.getTypeResolver().getTypeInfo(this.type);
			entry.fory.ensureSerializersCompiled();
		}
		finally {
			giveBack(entry);
		}
	}

	private Entry borrow() {
		this.permits.acquireUninterruptibly();
		Entry entry = this.idle.pollFirst();
		if (entry != null) {
			return entry;
		}
		try {
			return new Entry(newFory());
		}
		catch (RuntimeException | Error ex) {
			this.permits.release();
			throw ex;
		}
	}

	private void giveBack(Entry entry) {
		entry.shrink();
		this.idle.addFirst(entry);
		this.permits.release();
	}

	private Fory newFory() {
		Fory fory = Fory.builder()
			.withXlang(false)
			.withCompatible(true)
			.requireClassRegistration(true)
			.withDeserializeUnknownClass(false)
			.suppressClassRegistrationWarnings(true)
			.withAsyncCompilation(false)
			.withRefTracking(false)
			// By number, a constant inserted on one side would be read as another.
			.serializeEnumByName(true)
			.withClassLoader(classLoader())
			.build();
		for (Class<?> member : this.closure) {
			fory.register(member, MessageType.of(member).name());
		}
		return fory;
	}

	private ClassLoader classLoader() {
		ClassLoader loader = this.type.getClassLoader();
		return (loader != null) ? loader : ForyPool.class.getClassLoader();
	}

	private static final class Entry {

		private final Fory fory;

		private MemoryBuffer buffer = MemoryBuffer.newHeapBuffer(INITIAL_BUFFER);

		Entry(Fory fory) {
			this.fory = fory;
		}

		void encode(Object message, ByteBuf out) {
			this.buffer.writerIndex(0);
			this.fory.serialize(this.buffer, message);
			out.writeBytes(this.buffer.getHeapMemory(), 0, this.buffer.writerIndex());
		}

		void shrink() {
			if (this.buffer.size() > MAX_KEPT_BUFFER) {
				this.buffer = MemoryBuffer.newHeapBuffer(INITIAL_BUFFER);
			}
		}

	}

}
