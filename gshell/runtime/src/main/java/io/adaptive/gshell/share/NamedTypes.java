package io.adaptive.gshell.share;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

import org.objectweb.asm.ClassReader;

/**
 * Types of a bundle that a class file names: in instructions, descriptors, generic
 * signatures, annotations and the attributes of nested types. A text that looks like a
 * descriptor counts as well.
 */
final class NamedTypes {

	private static final int CLASS = 7;

	private static final int UTF8 = 1;

	private NamedTypes() {
	}

	/**
	 * Finds the types.
	 * @param classFile a valid class file
	 * @param bundle internal names of all types of the bundle
	 * @return internal names, sorted, that of the class itself included
	 */
	static Set<String> of(byte[] classFile, Set<String> bundle) {
		ClassReader reader = new ClassReader(classFile);
		char[] buffer = new char[reader.getMaxStringLength()];
		Set<String> named = new TreeSet<>();
		for (int i = 1; i < reader.getItemCount(); i++) {
			int offset = reader.getItem(i);
			// The second place of a long or double has no offset.
			int tag = (offset > 0) ? classFile[offset - 1] : 0;
			if (tag == CLASS) {
				addName(reader.readUTF8(offset, buffer), bundle, named);
			}
			else if (tag == UTF8) {
				addDescribed(text(classFile, offset), bundle, named);
			}
		}
		return named;
	}

	private static String text(byte[] classFile, int offset) {
		try (DataInputStream in = new DataInputStream(
				new ByteArrayInputStream(classFile, offset, classFile.length - offset))) {
			return in.readUTF();
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("The class file is damaged", ex);
		}
	}

	private static void addName(String name, Set<String> bundle, Set<String> named) {
		if (bundle.contains(name)) {
			named.add(name);
		}
		else if (name.startsWith("[")) {
			addDescribed(name, bundle, named);
		}
	}

	private static void addDescribed(String text, Set<String> bundle, Set<String> named) {
		for (int at = text.indexOf('L'); at >= 0; at = text.indexOf('L', at + 1)) {
			int end = at + 1;
			while (end < text.length() && text.charAt(end) != ';' && text.charAt(end) != '<') {
				end++;
			}
			if (end < text.length()) {
				addName(text.substring(at + 1, end), bundle, named);
			}
		}
	}

}
