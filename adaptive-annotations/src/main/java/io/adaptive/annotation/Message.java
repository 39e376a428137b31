package io.adaptive.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the name of a message type on the wire. The default is the class name, so that
 * moving or renaming the class breaks compatibility between programs.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Message {

	/**
	 * Returns the name on the wire, which is unique among the messages of one service.
	 * @return a name of 1 to 255 bytes in UTF-8, not ending in a dot
	 */
	String value();

}
