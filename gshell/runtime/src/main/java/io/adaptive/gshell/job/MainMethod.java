package io.adaptive.gshell.job;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The {@code main} method of a class, chosen as the {@code java} launcher of the running
 * release does: up to Java 24 {@code public static void main(String[])}; from Java 25 on
 * also without {@code public}, {@code static} or the parameter, the form with a parameter
 * first.
 */
final class MainMethod {

	private static final int FIRST_RELEASE_WITH_INSTANCE_MAIN = 25;

	private static final List<String> LAUNCHER = List.of(MainMethod.class.getName(), "java.lang.reflect.",
			"jdk.internal.reflect.");

	private final Method method;

	private MainMethod(Method method) {
		this.method = method;
		method.setAccessible(true);
	}

	/**
	 * Finds the method.
	 * @throws NoSuchMethodException if the class has none that the running release starts
	 */
	static MainMethod of(Class<?> type) throws NoSuchMethodException {
		boolean instance = Runtime.version().feature() >= FIRST_RELEASE_WITH_INSTANCE_MAIN;
		Method method = find(type, instance, String[].class);
		if (method == null && instance) {
			method = find(type, true);
		}
		if (method == null) {
			throw new NoSuchMethodException(
					"The class " + type.getName() + " has no method public static void main(String[])");
		}
		return new MainMethod(method);
	}

	private static @Nullable Method find(Class<?> type, boolean instance, Class<?>... parameters) {
		for (Class<?> at = type; at != null; at = at.getSuperclass()) {
			try {
				Method method = at.getDeclaredMethod("main", parameters);
				int modifiers = method.getModifiers();
				boolean classic = Modifier.isPublic(modifiers) && Modifier.isStatic(modifiers);
				if (method.getReturnType() == void.class && (classic || (instance && !Modifier.isPrivate(modifiers)))) {
					return method;
				}
			}
			catch (NoSuchMethodException ex) {
				// Perhaps inherited.
			}
		}
		return null;
	}

	/**
	 * Calls the method.
	 * @throws Throwable what it throws
	 */
	void invoke(Class<?> type, List<String> arguments) throws Throwable {
		Object[] parameters = (this.method.getParameterCount() == 0) ? new Object[0]
				: new Object[] { arguments.toArray(String[]::new) };
		try {
			this.method.invoke(target(type), parameters);
		}
		catch (InvocationTargetException ex) {
			throw withoutLauncher(ex.getTargetException());
		}
	}

	private @Nullable Object target(Class<?> type) throws ReflectiveOperationException {
		if (Modifier.isStatic(this.method.getModifiers())) {
			return null;
		}
		Constructor<?> constructor = type.getDeclaredConstructor();
		constructor.setAccessible(true);
		return constructor.newInstance();
	}

	/** The stack trace as of a program that the {@code java} launcher has started. */
	private static Throwable withoutLauncher(Throwable thrown) {
		StackTraceElement[] trace = thrown.getStackTrace();
		int end = trace.length;
		while (end > 0 && !trace[end - 1].getClassName().equals(MainMethod.class.getName())) {
			end--;
		}
		while (end > 0 && LAUNCHER.stream().anyMatch(trace[end - 1].getClassName()::startsWith)) {
			end--;
		}
		if (end > 0) {
			thrown.setStackTrace(Arrays.copyOf(trace, end));
		}
		return thrown;
	}

}
