package io.adaptive.network.chaos;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/**
 * A case of the slice {@code chaos} of the full suite. Without {@code ADAPTIVE_SLICE} in
 * the environment it always runs.
 */
@DisabledIfEnvironmentVariable(named = "ADAPTIVE_SLICE", matches = "(?!chaos$|all$).+",
		disabledReason = "runs with ADAPTIVE_SLICE=chaos")
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@interface ChaosSlice {

}
