package io.adaptive.test.spring;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Reads the properties of {@link AdaptiveTest}.
 */
final class AdaptiveTestContextBootstrapper extends TestSliceTestContextBootstrapper<AdaptiveTest> {

}
