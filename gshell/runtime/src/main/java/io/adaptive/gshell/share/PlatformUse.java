package io.adaptive.gshell.share;

import java.util.Set;

/**
 * Methods of the platform that shared types may call, and platform types that their
 * components may have. The methods act on their arguments only: they start no thread, run
 * no code of others at a later time, load no class and keep nothing in the platform.
 */
final class PlatformUse {

	/** Packages all of whose methods are allowed, but those of {@link #REFUSED}. */
	private static final Set<String> PACKAGES = Set.of("java/lang", "java/util", "java/math", "java/time",
			"java/time/chrono", "java/time/format", "java/time/temporal", "java/time/zone", "java/util/regex",
			"java/nio", "java/nio/charset", "java/lang/runtime");

	private static final Set<String> REFUSED = Set.of("java/lang/Class", "java/lang/ClassLoader",
			"java/lang/ClassValue", "java/lang/Compiler", "java/lang/InheritableThreadLocal", "java/lang/Module",
			"java/lang/ModuleLayer", "java/lang/Package", "java/lang/Process", "java/lang/ProcessBuilder",
			"java/lang/ProcessHandle", "java/lang/Runtime", "java/lang/ScopedValue", "java/lang/StackWalker",
			"java/lang/System", "java/lang/Thread", "java/lang/ThreadGroup", "java/lang/ThreadLocal",
			"java/util/ResourceBundle", "java/util/Scanner", "java/util/ServiceLoader", "java/util/Timer",
			"java/util/TimerTask", "java/lang/Runnable", "java/lang/IO");

	/** Single methods, of allowed types or of others. */
	private static final Set<String> METHODS = Set.of("java/lang/System.arraycopy", "java/lang/System.identityHashCode",
			"java/lang/System.lineSeparator", "java/lang/Class.getName", "java/lang/Class.getSimpleName",
			"java/lang/Class.isInstance", "java/lang/Class.cast", "java/net/URI.create", "java/net/URI.toString",
			"java/util/concurrent/TimeUnit.toMillis", "java/util/concurrent/TimeUnit.toNanos",
			"java/util/concurrent/TimeUnit.convert");

	private static final Set<String> REFUSED_METHODS = Set.of("java/util/Locale.setDefault",
			"java/util/TimeZone.setDefault", "java/lang/Object.wait", "java/lang/Object.notify",
			"java/lang/Object.notifyAll", "java/lang/Throwable.printStackTrace", "java/lang/String.intern");

	/**
	 * Of {@code invokedynamic}: none of them keeps code of the type in a platform object.
	 */
	private static final Set<String> BOOTSTRAPS = Set.of("java/lang/runtime/ObjectMethods",
			"java/lang/runtime/SwitchBootstraps", "java/lang/invoke/StringConcatFactory");

	private static final Set<String> INTERFACES = Set.of("java/lang/Comparable", "java/io/Serializable",
			"java/lang/annotation/Annotation");

	/** Components of these types need arguments that are allowed as well. */
	private static final Set<String> CONTAINERS = Set.of("java/util/Collection", "java/util/List", "java/util/Set",
			"java/util/SortedSet", "java/util/NavigableSet", "java/util/Map", "java/util/SortedMap",
			"java/util/NavigableMap", "java/util/Deque", "java/util/Queue", "java/util/Optional", "java/util/Map$Entry",
			"java/util/SequencedCollection", "java/util/SequencedMap", "java/util/SequencedSet");

	private static final Set<String> VALUES = Set.of("java/lang/String", "java/lang/Boolean", "java/lang/Byte",
			"java/lang/Short", "java/lang/Integer", "java/lang/Long", "java/lang/Float", "java/lang/Double",
			"java/lang/Character", "java/math/BigInteger", "java/math/BigDecimal", "java/math/RoundingMode",
			"java/util/UUID", "java/net/URI", "java/util/Locale", "java/util/Currency", "java/util/OptionalInt",
			"java/util/OptionalLong", "java/util/OptionalDouble", "java/util/concurrent/TimeUnit",
			"java/time/temporal/ChronoUnit");

	/** Values that can be changed: allowed in messages, not in constants. */
	private static final Set<String> MUTABLE = Set.of("java/util/BitSet", "java/util/Date");

	private PlatformUse() {
	}

	static boolean mayCall(String owner, String name) {
		String method = owner + "." + name;
		if (METHODS.contains(method)) {
			return true;
		}
		boolean known = PACKAGES.contains(packageOf(owner)) && !REFUSED.contains(topLevel(owner));
		return known && !REFUSED_METHODS.contains(method) && !name.equals("printStackTrace");
	}

	static boolean isBootstrap(String owner) {
		return BOOTSTRAPS.contains(owner);
	}

	static boolean isInterface(String name) {
		return INTERFACES.contains(name);
	}

	static boolean isContainer(String name) {
		return CONTAINERS.contains(name);
	}

	/**
	 * Whether objects of a type never change.
	 */
	static boolean isValue(String name) {
		return VALUES.contains(name) || packageOf(name).equals("java/time");
	}

	/**
	 * Whether objects of a type consist of data only.
	 */
	static boolean isData(String name) {
		return isValue(name) || MUTABLE.contains(name);
	}

	private static String packageOf(String name) {
		int slash = name.lastIndexOf('/');
		return (slash < 0) ? "" : name.substring(0, slash);
	}

	private static String topLevel(String name) {
		int inner = name.indexOf('$');
		return (inner < 0) ? name : name.substring(0, inner);
	}

}
