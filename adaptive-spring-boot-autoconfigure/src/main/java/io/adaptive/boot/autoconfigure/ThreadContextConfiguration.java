package io.adaptive.boot.autoconfigure;

import io.adaptive.message.CallerContext;
import io.micrometer.context.ContextRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the propagation of thread locals from callers to handlers of the same
 * process.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ContextRegistry.class)
class ThreadContextConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CallerContext adaptiveCallerContext() {
		return new ThreadContext(ContextRegistry.getInstance());
	}

}
