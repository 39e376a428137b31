package io.adaptive.internal.wire;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The types that a node registers by name, so that their values may stand where a message
 * declares {@code Object} or an interface. A sealed type stands for its permitted types.
 * Immutable.
 */
public final class RegisteredTypes {

	/** No type at all. */
	public static final RegisteredTypes NONE = of(List.of());

	private final Map<String, Class<?>> byName;

	private final Set<Class<?>> closure;

	private RegisteredTypes(Map<String, Class<?>> byName, Set<Class<?>> closure) {
		this.byName = byName;
		this.closure = closure;
	}

	/**
	 * Registers types under their message names.
	 * @param types concrete or sealed types; arrays and types of the JDK need no
	 * registration
	 * @return the registration
	 * @throws IllegalArgumentException if a type is neither concrete nor sealed, or two
	 * types have the same name
	 */
	public static RegisteredTypes of(Collection<Class<?>> types) {
		Map<String, Class<?>> byName = new LinkedHashMap<>();
		Set<Class<?>> closure = new LinkedHashSet<>();
		for (Class<?> type : types) {
			Collection<? extends Class<?>> members = MessageType.of(type).members();
			if (members.isEmpty()) {
				throw new IllegalArgumentException(
						"Type %s cannot be registered: it is neither concrete nor sealed".formatted(type.getName()));
			}
			for (Class<?> member : members) {
				String name = MessageType.of(member).name();
				Class<?> other = byName.putIfAbsent(name, member);
				if (other != null && other != member) {
					throw new IllegalArgumentException("Types %s and %s cannot be registered: both are named \"%s\""
						.formatted(other.getName(), member.getName(), name));
				}
				closure.addAll(TypeClosure.of(member));
			}
		}
		return new RegisteredTypes(byName, closure);
	}

	/**
	 * Registers further types.
	 * @throws IllegalArgumentException as {@link #of(Collection)}
	 */
	RegisteredTypes and(Collection<Class<?>> more) {
		Set<Class<?>> all = new LinkedHashSet<>(this.byName.values());
		all.addAll(more);
		return of(all);
	}

	/**
	 * Returns the registered types.
	 * @return the concrete types, in the order in which they were registered
	 */
	public Collection<Class<?>> types() {
		return Collections.unmodifiableCollection(this.byName.values());
	}

	/**
	 * Returns all that has to be known to decode the registered types.
	 */
	Set<Class<?>> closure() {
		return this.closure;
	}

	@Nullable Class<?> named(String name) {
		return this.byName.get(name);
	}

	/**
	 * Tells whether a type has objects of a registered class.
	 */
	boolean hasSome(Class<?> type) {
		return this.byName.values().stream().anyMatch(type::isAssignableFrom);
	}

	/**
	 * Finds what a name stands for by itself: a registered type, or one of the JDK.
	 */
	@Nullable Class<?> known(String name) {
		Class<?> type = named(name);
		return (type != null) ? type : JdkValues.named(name);
	}

	/**
	 * Returns the name under which a class is registered.
	 * @return the name, {@code null} if it is not registered
	 */
	@Nullable String nameOf(Class<?> type) {
		Class<?> declared = MessageType.declaringClass(type);
		String name = MessageType.of(declared).name();
		return (this.byName.get(name) == declared) ? name : null;
	}

	static String missing(Class<?> type) {
		if (JdkValues.isOfTheJdk(type)) {
			return "is of %s, which is not among the types of the JDK that may stand there; declare it, or convert it"
				.formatted(type.getTypeName());
		}
		return ("is of %s, which is neither declared by the message nor registered; declare a concrete or sealed type "
				+ "there, or register it (@RegisteredType, "
				+ "adaptive.registered-types, AdaptiveNodeBuilder.registerTypes)")
			.formatted(type.getTypeName());
	}

}
