package io.adaptive.internal.wire;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.apache.fory.Fory;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.memory.MemoryBuffer;
import org.apache.fory.resolver.TypeResolver;
import org.jspecify.annotations.Nullable;

/**
 * A Fory instance with its buffers, in which one message type and what its declaration
 * contains is registered. For one thread at a time.
 */
final class ForyInstance {

	private static final byte[] NOTHING = {};

	private static final int INITIAL_BUFFER = 256;

	/** A buffer that one large message has grown beyond this is not kept. */
	private static final int MAX_KEPT_BUFFER = 256 * 1024;

	private final ForyTypes types;

	/** The collections that it sends as plain ones. */
	private final Set<Class<?>> plain;

	/**
	 * Made at its first use. An instance of Fory that has read a type describes it in
	 * another way, which not every receiver reads; so one writes and another one reads.
	 */
	private @Nullable Fory writer;

	private @Nullable Fory reader;

	private @Nullable ForyClasses classes;

	/** What it has read and written before. */
	private final PreparedCode code = new PreparedCode();

	private final boolean generating;

	private final boolean kept;

	private final MemoryBuffer in = MemoryBuffer.fromByteArray(NOTHING);

	private MemoryBuffer out = MemoryBuffer.newHeapBuffer(INITIAL_BUFFER);

	/**
	 * Makes an instance, which costs milliseconds.
	 * @param types the classes to register
	 * @param generating whether its serializers are generated code, or interpret the
	 * declaration; the bytes are the same
	 * @param kept whether its pool keeps it after use
	 */
	ForyInstance(ForyTypes types, boolean generating, boolean kept) {
		this.types = types;
		this.plain = types.plain();
		this.generating = generating;
		this.kept = kept;
	}

	private Fory writer() {
		Fory made = this.writer;
		if (made == null) {
			made = make();
			this.classes = ForyClasses.register(made, this.types.arrays(), this.plain);
			this.writer = made;
		}
		return made;
	}

	private Fory reader() {
		Fory made = this.reader;
		if (made == null) {
			made = make();
			ForyClasses.register(made, this.types.arrays(), this.plain);
			this.reader = made;
		}
		return made;
	}

	private Fory make() {
		Fory fory = Fory.builder()
			.withXlang(false)
			.withCompatible(true)
			.requireClassRegistration(true)
			.withDeserializeUnknownClass(false)
			.suppressClassRegistrationWarnings(true)
			.withAsyncCompilation(false)
			.withCodegen(this.generating)
			.withRefTracking(false)
			// By number, a constant inserted on one side would be read as another.
			.serializeEnumByName(true)
			// A collection within a wrapper of the JDK counts twice.
			.withMaxDepth(2 * this.types.maxDepth() + 1)
			.withClassLoader(classLoader())
			.build();
		for (Class<?> member : this.types.closure()) {
			initialize(member);
			fory.register(member, TypeClosure.nameOf(member));
		}
		ForyValues.register(fory);
		ForyContainers.register(fory, this.types.components());
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
		ClassLoader loader = this.types.closure()
			.stream()
			.findFirst()
			.map(Class::getClassLoader)
			.orElse(this.types.type().getClassLoader());
		return (loader != null) ? loader : ForyInstance.class.getClassLoader();
	}

	PreparedCode code() {
		return this.code;
	}

	boolean isGenerating() {
		return this.generating;
	}

	/**
	 * Tells whether it sends the collections as plain ones that are known by now.
	 */
	boolean isUpToDate() {
		return this.plain == this.types.plain();
	}

	boolean isKept() {
		return this.kept;
	}

	<T> T encode(Object message, PayloadCodec.Use<T> use) {
		this.out.writerIndex(0);
		Fory fory = writer();
		ForyClasses asked = Objects.requireNonNull(this.classes);
		asked.beforeWrite();
		try {
			fory.serialize(this.out, message);
		}
		catch (RuntimeException ex) {
			throw asked.explained(ex);
		}
		int length = this.out.writerIndex();
		// Each level takes a byte at least.
		if (length > this.types.maxDepth() && this.types.areNestable()
				&& NestedTypes.isDeeper(message, this.types.maxDepth())) {
			throw new IllegalArgumentException("It is nested too deep");
		}
		return use.apply(this.out.getHeapMemory(), length);
	}

	<T> @Nullable T decode(Class<T> type, byte[] encoded) {
		this.in.pointTo(encoded, 0, encoded.length);
		this.in.readerIndex(0);
		Fory fory = reader();
		try {
			// What is to be an Object is read as what the bytes say, among the
			// registered.
			return type.cast((type == Object.class) ? fory.deserialize(this.in) : fory.deserialize(this.in, type));
		}
		finally {
			this.in.pointTo(NOTHING, 0, 0);
		}
	}

	/**
	 * Generates the code that writes the type, and the code that reads it and what it
	 * contains as they are declared here.
	 */
	void prepare() {
		TypeResolver resolver = resolver(writer());
		List<Class<?>> concrete = this.types.closure().stream().filter(ForyInstance::isConcrete).toList();
		this.out.writerIndex(0);
		WriteContext writing = writer().getWriteContext();
		writing.prepare(this.out, null);
		try {
			concrete.forEach((each) -> resolver.writeTypeInfo(writing, resolver.getTypeInfo(each)));
		}
		finally {
			writing.reset();
		}
		this.in.pointTo(this.out.getHeapMemory(), 0, this.out.writerIndex());
		this.in.readerIndex(0);
		TypeResolver readers = resolver(reader());
		ReadContext reading = reader().getReadContext();
		reading.prepare(this.in, null, false);
		try {
			concrete.forEach((each) -> readers.readTypeInfo(reading, each));
		}
		finally {
			reading.reset();
			this.in.pointTo(NOTHING, 0, 0);
		}
		this.code.hasRead((this.types.type() != Object.class) ? MessageSchema.of(this.types.type()).fingerprint() : 0);
		this.code.hasWritten();
	}

	/**
	 * Generates the code of the type.
	 */
	private TypeResolver resolver(Fory fory) {
		TypeResolver resolver = fory.getTypeResolver();
		if (this.types.type() != Object.class) {
			resolver.getTypeInfo(this.types.type());
		}
		fory.ensureSerializersCompiled();
		return resolver;
	}

	/**
	 * A constant of an enum that has a body is of a class of its own, and written as the
	 * enum.
	 */
	private static boolean isConcrete(Class<?> type) {
		return !Enum.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
	}

	void shrink() {
		if (this.out.size() > MAX_KEPT_BUFFER) {
			this.out = MemoryBuffer.newHeapBuffer(INITIAL_BUFFER);
		}
	}

}
