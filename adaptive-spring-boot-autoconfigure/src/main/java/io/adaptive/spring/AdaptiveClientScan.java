package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names packages, on any bean, in which client interfaces are looked for besides those of
 * the application, its main class's package and those below.
 *
 * @see Discover
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AdaptiveClientScan {

	/**
	 * Where to look, packages below included.
	 * @return the names of packages
	 */
	String[] basePackages() default {};

	/**
	 * Where to look, packages below included.
	 * @return classes of those packages
	 */
	Class<?>[] basePackageClasses() default {};

}
