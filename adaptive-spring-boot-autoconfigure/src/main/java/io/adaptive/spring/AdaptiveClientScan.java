package io.adaptive.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Adds packages that are scanned for client interfaces. By default, the package of the
 * main class and its subpackages are scanned. The annotation can be on any bean.
 *
 * @see Discover
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AdaptiveClientScan {

	/**
	 * Returns the names of the packages to scan, including their subpackages.
	 * @return the names of the packages
	 */
	String[] basePackages() default {};

	/**
	 * Returns classes in the packages to scan, including their subpackages.
	 * @return one class of each package
	 */
	Class<?>[] basePackageClasses() default {};

}
