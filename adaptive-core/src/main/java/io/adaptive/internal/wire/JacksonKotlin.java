package io.adaptive.internal.wire;

import java.util.List;

import tools.jackson.databind.JacksonModule;
import tools.jackson.module.kotlin.KotlinModule;

/**
 * Classes of Kotlin, whose constructors have names of parameters and default values in
 * Kotlin's own metadata. Needs Jackson's module for Kotlin, which is an optional
 * dependency.
 */
final class JacksonKotlin {

	private static final boolean PRESENT = find();

	private JacksonKotlin() {
	}

	/**
	 * Returns whether classes of Kotlin can be read.
	 */
	static boolean isPresent() {
		return PRESENT;
	}

	private static boolean find() {
		try {
			Class.forName("tools.jackson.module.kotlin.KotlinModule", false, JacksonKotlin.class.getClassLoader());
			Class.forName("kotlin.reflect.full.KClasses", false, JacksonKotlin.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	/**
	 * Returns the modules to add.
	 * @return none without Kotlin on the class path
	 */
	static List<JacksonModule> modules() {
		return PRESENT ? List.of(Module.make()) : List.of();
	}

	/**
	 * Loaded only if the module is present.
	 */
	private static final class Module {

		private Module() {
		}

		static JacksonModule make() {
			return new KotlinModule.Builder().build();
		}

	}

}
