package io.adaptive.internal.wire;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * The payload codecs of a node: one that it uses itself, and all that it understands.
 */
public final class Codecs {

	/** Levels of nesting of a message, by default. */
	public static final int DEFAULT_MAX_DEPTH = 500;

	private static final int MIN_MAX_DEPTH = 10;

	/** Far beyond, no stack of a thread has the frames. */
	private static final int MAX_MAX_DEPTH = 10_000;

	private static final String JSON = "tools.jackson.databind.json.JsonMapper";

	private static final String CBOR = "tools.jackson.dataformat.cbor.CBORMapper";

	private final PayloadCodec preferred;

	private final RegisteredTypes registered;

	private final Map<String, PayloadCodec> known = new LinkedHashMap<>();

	/**
	 * Makes the codecs of a node that registers no types.
	 * @param preferred what the connections that the node opens use
	 * @param others what else it understands
	 */
	public Codecs(PayloadCodec preferred, PayloadCodec... others) {
		this(RegisteredTypes.NONE, preferred, others);
	}

	private Codecs(RegisteredTypes registered, PayloadCodec preferred, PayloadCodec... others) {
		this.registered = registered;
		this.preferred = preferred;
		for (PayloadCodec other : others) {
			this.known.put(other.name(), other);
		}
		this.known.put(preferred.name(), preferred);
	}

	/**
	 * Makes the codecs that the class path allows: {@code fory} always, {@code json} and
	 * {@code cbor} with the modules of Jackson.
	 * @param preferred the name of the one that the node uses itself
	 * @return the codecs
	 * @throws IllegalArgumentException if the class path has no codec of that name
	 */
	public static Codecs available(String preferred) {
		return available(preferred, RegisteredTypes.NONE, null);
	}

	/**
	 * Makes the codecs that the class path allows: {@code fory} always, {@code json} and
	 * {@code cbor} with the modules of Jackson.
	 * @param preferred the name of the one that the node uses itself
	 * @param registered what may stand where a message declares {@code Object} or an
	 * interface
	 * @return the codecs
	 * @throws IllegalArgumentException if the class path has no codec of that name
	 */
	public static Codecs available(String preferred, RegisteredTypes registered) {
		return available(preferred, registered, null);
	}

	/**
	 * Makes the codecs that the class path allows, whose first messages do not wait for
	 * generated code.
	 * @param preferred the name of the one that the node uses itself
	 * @param registered what may stand where a message declares {@code Object} or an
	 * interface
	 * @param background generates the code of types that are in use; {@code null} to
	 * generate it at the first message
	 * @return the codecs
	 * @throws IllegalArgumentException if the class path has no codec of that name
	 */
	public static Codecs available(String preferred, RegisteredTypes registered, @Nullable Executor background) {
		return available(preferred, registered, background, DEFAULT_MAX_DEPTH);
	}

	/**
	 * Makes the codecs that the class path allows, with a limit of their own.
	 * @param preferred the name of the one that the node uses itself
	 * @param registered what may stand where a message declares {@code Object} or an
	 * interface
	 * @param background generates the code of types that are in use; {@code null} to
	 * generate it at the first message
	 * @param maxDepth how many levels a message may have
	 * @return the codecs
	 * @throws IllegalArgumentException if the class path has no codec of that name
	 */
	public static Codecs available(String preferred, RegisteredTypes registered, @Nullable Executor background,
			int maxDepth) {
		Map<String, PayloadCodec> all = new LinkedHashMap<>();
		all.put("fory", new GenericCodec(registered, (types) -> new ForyCodec(types, background, maxDepth)));
		ClassLoader loader = Codecs.class.getClassLoader();
		if (isPresent(JSON, loader)) {
			all.put("json", new GenericCodec(registered, (types) -> JacksonCodec.json(types, maxDepth)));
		}
		if (isPresent(CBOR, loader)) {
			all.put("cbor", new GenericCodec(registered, (types) -> CborCodec.create(types, maxDepth)));
		}
		PayloadCodec chosen = all.get(preferred);
		if (chosen == null) {
			throw new IllegalArgumentException(
					"There is no payload codec \"%s\" on the class path, only %s; json needs %s, cbor needs %s"
						.formatted(preferred, all.keySet(), "tools.jackson.core:jackson-databind",
								"tools.jackson.dataformat:jackson-dataformat-cbor"));
		}
		return new Codecs(registered, chosen, all.values().toArray(new PayloadCodec[0]));
	}

	/**
	 * Returns the names of the codecs that the class path allows, which peers may use.
	 * @return the names
	 */
	public static Set<String> namesOnClassPath() {
		Set<String> names = new LinkedHashSet<>(Set.of("fory"));
		ClassLoader loader = Codecs.class.getClassLoader();
		if (isPresent(JSON, loader)) {
			names.add("json");
		}
		if (isPresent(CBOR, loader)) {
			names.add("cbor");
		}
		return names;
	}

	/**
	 * Checks a limit of the levels of nesting of messages.
	 * @param maxDepth the limit
	 * @return the limit
	 * @throws IllegalArgumentException if it is out of range
	 */
	public static int checkMaxDepth(int maxDepth) {
		if (maxDepth < MIN_MAX_DEPTH || maxDepth > MAX_MAX_DEPTH) {
			throw new IllegalArgumentException("The depth of messages is limited to %s to %s levels, not %s"
				.formatted(MIN_MAX_DEPTH, MAX_MAX_DEPTH, maxDepth));
		}
		return maxDepth;
	}

	private static boolean isPresent(String className, ClassLoader loader) {
		try {
			Class.forName(className, false, loader);
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	/**
	 * Returns what the node uses itself.
	 * @return the codec
	 */
	public PayloadCodec preferred() {
		return this.preferred;
	}

	/**
	 * Returns the types that the codecs know besides those that messages declare.
	 * @return the types
	 */
	public RegisteredTypes registered() {
		return this.registered;
	}

	/**
	 * Finds what a peer wants to use.
	 * @param name the codec's name
	 * @return the codec, {@code null} if it is not understood
	 */
	public @Nullable PayloadCodec find(String name) {
		return this.known.get(name);
	}

	@Override
	public String toString() {
		return String.join(", ", this.known.keySet());
	}

}
