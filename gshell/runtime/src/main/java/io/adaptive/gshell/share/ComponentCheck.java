package io.adaptive.gshell.share;

import java.util.function.Predicate;

import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FieldNode;

/**
 * Checks the type of a field, with its type arguments: objects of classes that are not
 * shared must not come along with a message. One check reads one signature.
 */
final class ComponentCheck {

	private final String signature;

	private final Predicate<String> data;

	private int at;

	private ComponentCheck(String signature, Predicate<String> data) {
		this.signature = signature;
		this.data = data;
	}

	/**
	 * Whether a field holds data only. Type variables, wildcards without an upper bound
	 * and collections without arguments may hold anything.
	 * @param field a field
	 * @param data tells of an internal name whether objects of this type are data
	 */
	static boolean isData(FieldNode field, Predicate<String> data) {
		return new ComponentCheck((field.signature != null) ? field.signature : field.desc, data).type();
	}

	/**
	 * Whether a field has a primitive type or one of which the objects never change.
	 * @param field a field
	 * @param value tells of an internal name whether objects of this type never change
	 */
	static boolean isValue(FieldNode field, Predicate<String> value) {
		Type type = Type.getType(field.desc);
		return (type.getSort() == Type.OBJECT) ? value.test(type.getInternalName()) : type.getSort() != Type.ARRAY;
	}

	private boolean type() {
		char kind = this.signature.charAt(this.at++);
		return switch (kind) {
			case '[', '+' -> type();
			case 'L' -> classType();
			default -> kind != 'T' && kind != '*' && kind != '-';
		};
	}

	private boolean classType() {
		int begin = this.at;
		while (";<.".indexOf(this.signature.charAt(this.at)) < 0) {
			this.at++;
		}
		String name = this.signature.substring(begin, this.at);
		if (this.signature.charAt(this.at++) != '<') {
			return this.signature.charAt(this.at - 1) == ';' && this.data.test(name);
		}
		while (this.signature.charAt(this.at) != '>') {
			if (!type()) {
				return false;
			}
		}
		this.at++;
		return this.signature.charAt(this.at++) == ';' && PlatformUse.isContainer(name);
	}

}
