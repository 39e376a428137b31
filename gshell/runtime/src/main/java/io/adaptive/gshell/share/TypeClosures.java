package io.adaptive.gshell.share;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * The types of a bundle with their closures: a type, all types of the bundle that its
 * byte code names, and so on. A type can be shared if each type of its closure can. The
 * digest of a closure covers the class files of all its types, so that equal digests
 * stand for equal code of all that a type reaches.
 * <p>
 * Computed once; not for several threads. No class is loaded.
 */
final class TypeClosures {

	private final SortedMap<String, byte[]> classFiles = new TreeMap<>();

	private final Map<String, ClassNode> types = new HashMap<>();

	private final Map<String, Set<String>> named = new HashMap<>();

	private final SortedMap<String, String> refusals = new TreeMap<>();

	/** Of types that can be shared. */
	private final Map<String, Set<String>> closures = new HashMap<>();

	private final Map<String, String> digests = new HashMap<>();

	/**
	 * Looks at a bundle.
	 * @param classes binary names and class files
	 */
	TypeClosures(Map<String, byte[]> classes) {
		classes.forEach((name, classFile) -> this.classFiles.put(name.replace('.', '/'), classFile));
		Map<String, TypeKind> kinds = new HashMap<>();
		this.classFiles.forEach((name, classFile) -> kinds.put(name, kind(name, classFile)));
		ShareCheck check = new ShareCheck(kinds);
		this.types.forEach((name, type) -> check.refusal(type, classFile(name))
			.ifPresent((reason) -> this.refusals.put(name, reason)));
		this.types.keySet().stream().filter((name) -> !this.refusals.containsKey(name)).toList().forEach(this::close);
	}

	/** Other types are not read as a whole. */
	private TypeKind kind(String name, byte[] classFile) {
		ClassReader reader = new ClassReader(classFile);
		ClassNode type = new ClassNode();
		reader.accept(type, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
		TypeKind kind = TypeKind.of(type);
		if (kind == TypeKind.OTHER) {
			this.refusals.put(name, "it is no record, enum or sealed interface");
			return kind;
		}
		ClassNode whole = new ClassNode();
		reader.accept(whole, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
		this.types.put(name, whole);
		return kind;
	}

	private byte[] classFile(String name) {
		byte[] classFile = this.classFiles.get(name);
		if (classFile == null) {
			throw new IllegalStateException("No type of the bundle: " + name);
		}
		return classFile;
	}

	private void close(String type) {
		Set<String> closure = new TreeSet<>();
		Deque<String> open = new ArrayDeque<>(List.of(type));
		while (!open.isEmpty()) {
			String next = open.pop();
			if (closure.add(next)) {
				Optional<String> refusal = Optional.ofNullable(this.refusals.get(next));
				if (refusal.isPresent()) {
					this.refusals.put(type, "it refers to %s: %s".formatted(next.replace('/', '.'), refusal.get()));
					return;
				}
				open.addAll(this.named.computeIfAbsent(next,
						(name) -> NamedTypes.of(classFile(name), this.classFiles.keySet())));
			}
		}
		if (CallCircles.areIn(closure.stream().map(this.types::get).toList())) {
			this.refusals.put(type, "a method calls itself");
			return;
		}
		this.closures.put(type, closure);
		this.digests.put(type, digest(closure));
	}

	private String digest(Set<String> closure) {
		MessageDigest digest = sha256();
		for (String name : closure) {
			byte[] classFile = classFile(name);
			digest.update("%s %s\n".formatted(name, classFile.length).getBytes(StandardCharsets.UTF_8));
			digest.update(classFile);
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * The types that can be shared, those first that others refer to.
	 */
	List<SharedUnit> units() {
		Map<String, Set<String>> byDigest = new TreeMap<>();
		this.digests.forEach((name, digest) -> byDigest.computeIfAbsent(digest, (key) -> new TreeSet<>()).add(name));
		return byDigest.entrySet()
			.stream()
			.sorted(Comparator.comparing((unit) -> closure(unit.getValue()).size()))
			.map((unit) -> unit(unit.getKey(), unit.getValue()))
			.toList();
	}

	private Set<String> closure(Set<String> unit) {
		return this.closures.getOrDefault(unit.iterator().next(), Set.of());
	}

	private SharedUnit unit(String digest, Set<String> names) {
		Map<String, byte[]> own = new HashMap<>();
		Map<String, String> others = new HashMap<>();
		for (String name : closure(names)) {
			String binaryName = name.replace('/', '.');
			if (names.contains(name)) {
				own.put(binaryName, classFile(name));
			}
			else {
				others.put(binaryName, this.digests.getOrDefault(name, ""));
			}
		}
		return new SharedUnit(digest, own, others);
	}

	/**
	 * Reasons why the other types cannot be shared, by binary names.
	 */
	Map<String, String> refusals() {
		Map<String, String> reasons = new TreeMap<>();
		this.refusals.forEach((name, reason) -> reasons.put(name.replace('/', '.'), reason));
		return reasons;
	}

}
