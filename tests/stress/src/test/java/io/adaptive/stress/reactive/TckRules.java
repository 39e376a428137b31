package io.adaptive.stress.reactive;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/**
 * The rules of a verification of the Reactive Streams TCK as tests of JUnit. Each runs on
 * an instance of its own.
 */
final class TckRules {

	private TckRules() {
	}

	/**
	 * Makes one test for each rule.
	 * @param verification makes a verification
	 * @return the tests
	 */
	static Stream<DynamicTest> of(Supplier<?> verification) {
		return Arrays.stream(verification.get().getClass().getMethods())
			.filter((method) -> method.isAnnotationPresent(Test.class))
			.sorted(Comparator.comparing(Method::getName))
			.map((method) -> DynamicTest.dynamicTest(method.getName(), () -> run(verification.get(), method)));
	}

	private static void run(Object verification, Method rule) throws Throwable {
		runAll(verification, BeforeClass.class);
		runAll(verification, BeforeMethod.class);
		try {
			rule.invoke(verification);
		}
		catch (InvocationTargetException ex) {
			// A rule that does not apply, such as one about many elements for a Mono.
			Assumptions.assumeFalse(ex.getCause() instanceof SkipException, ex.getCause()::getMessage);
			throw ex.getCause();
		}
		finally {
			runAll(verification, AfterClass.class);
		}
	}

	private static void runAll(Object verification, Class<? extends Annotation> kind)
			throws ReflectiveOperationException {
		for (Method method : verification.getClass().getMethods()) {
			if (method.isAnnotationPresent(kind)) {
				method.invoke(verification);
			}
		}
	}

}
