package io.adaptive.gshell.code;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.core.compiler.IProblem;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileReader;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFormatException;
import org.eclipse.jdt.internal.compiler.env.AccessRestriction;
import org.eclipse.jdt.internal.compiler.env.AccessRule;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.env.NameEnvironmentAnswer;
import org.jspecify.annotations.Nullable;

/**
 * The types that sources can refer to: those of the platform, then those of the class
 * path. It does not change, so all compilations share it.
 */
final class TypeEnvironment implements INameEnvironment {

	private final PlatformTypes platform = new PlatformTypes();

	private final ClassPath classPath;

	private final Set<String> packages = new HashSet<>();

	TypeEnvironment(ClassPath classPath) {
		this.classPath = classPath;
		this.platform.packages().forEach(this::addPackage);
		classPath.packages().forEach(this::addPackage);
	}

	/**
	 * Adds a package and those around it.
	 */
	private void addPackage(String name) {
		String next = name;
		while (this.packages.add(next)) {
			next = next.substring(0, Math.max(next.lastIndexOf('.'), 0));
		}
	}

	@Override
	public @Nullable NameEnvironmentAnswer findType(char[][] compoundTypeName) {
		int last = compoundTypeName.length - 1;
		return findType(compoundTypeName[last], CharOperation.subarray(compoundTypeName, 0, last));
	}

	@Override
	public @Nullable NameEnvironmentAnswer findType(char[] typeName, char[][] packageName) {
		String packageWithDots = CharOperation.toString(packageName);
		String path = (packageWithDots.isEmpty() ? "" : packageWithDots.replace('.', '/') + "/")
				+ String.valueOf(typeName) + ".class";
		try {
			byte[] content = this.platform.find(packageWithDots, path);
			if (content != null) {
				return answer(path, content, restriction(packageWithDots));
			}
			content = this.classPath.find(packageWithDots, path);
			return (content != null) ? answer(path, content, null) : null;
		}
		catch (IOException ex) {
			throw new CodeException(
					"The class file %s cannot be read: %s; install its jar again".formatted(path, Reasons.of(ex)), ex);
		}
	}

	private static NameEnvironmentAnswer answer(String path, byte[] content, @Nullable AccessRestriction restriction) {
		try {
			return new NameEnvironmentAnswer(new ClassFileReader(content, path.toCharArray()), restriction);
		}
		catch (ClassFormatException ex) {
			throw new CodeException("The class file %s is damaged; install its jar again".formatted(path), ex);
		}
	}

	/**
	 * Types that a module does not export are known, because its other types refer to
	 * them, but not for apps.
	 */
	private @Nullable AccessRestriction restriction(String packageName) {
		if (this.platform.isExported(packageName)) {
			return null;
		}
		AccessRule rule = new AccessRule("**".toCharArray(), IProblem.ForbiddenReference);
		return new AccessRestriction(rule, AccessRestriction.LIBRARY, this.platform.moduleOf(packageName));
	}

	@Override
	public boolean isPackage(char @Nullable [][] parentPackageName, char[] packageName) {
		String parent = (parentPackageName != null) ? CharOperation.toString(parentPackageName) : "";
		return this.packages
			.contains(parent.isEmpty() ? String.valueOf(packageName) : parent + "." + String.valueOf(packageName));
	}

	@Override
	public void cleanup() {
	}

}
