package io.adaptive.gshell.code;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleFinder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The types of the platform that this process runs on, from its modules.
 */
final class PlatformTypes {

	private final Map<String, Module> modules = new HashMap<>();

	PlatformTypes() {
		ModuleFinder system = ModuleFinder.ofSystem();
		for (Module module : ModuleLayer.boot().modules()) {
			if (system.find(module.getName()).isPresent()) {
				module.getPackages().forEach((name) -> this.modules.put(name, module));
			}
		}
	}

	Set<String> packages() {
		return this.modules.keySet();
	}

	/**
	 * Returns the class file of a type.
	 * @param packageName the package, with dots
	 * @param path the path of the class file
	 */
	byte @Nullable [] find(String packageName, String path) throws IOException {
		Module module = this.modules.get(packageName);
		if (module == null) {
			return null;
		}
		try (InputStream stream = module.getResourceAsStream(path)) {
			return (stream != null) ? stream.readAllBytes() : null;
		}
	}

	/**
	 * Returns whether an app may use a package: others are referred to by the platform's
	 * own types only.
	 */
	boolean isExported(String packageName) {
		Module module = this.modules.get(packageName);
		return module != null && module.isExported(packageName);
	}

	String moduleOf(String packageName) {
		Module module = this.modules.get(packageName);
		return (module != null) ? module.getName() : "";
	}

}
