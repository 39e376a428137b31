package io.adaptive.gshell.weave;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a static method that a woven class calls instead of a method, or reads instead of
 * a field, of the platform. The name is that of the method; the descriptor, too, but for
 * the receiver, which is the first parameter.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface InsteadOf {

	/**
	 * Binary names of the owners at call sites.
	 */
	String[] value();

	Member member() default Member.STATIC_METHOD;

	/**
	 * Kinds of replaced members.
	 */
	enum Member {

		STATIC_FIELD, STATIC_METHOD, INSTANCE_METHOD

	}

}
