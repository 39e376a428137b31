package io.adaptive.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a message type a name of its own on the wire. Without it the name is the class
 * name, so that moving or renaming the class would make old and new programs strangers.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Message {

	/**
	 * The name on the wire, unique among the messages of one service.
	 * @return a name of 1 to 255 bytes in UTF-8, not ending in a dot
	 */
	String value();

}
