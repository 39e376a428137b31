package io.adaptive.boot.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the MDC of handlers, if the log format uses it.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(HandlerLogContextConfiguration.OnWantedContext.class)
@ConditionalOnBooleanProperty(name = "adaptive.logging.mdc", matchIfMissing = true)
class HandlerLogContextConfiguration {

	@Bean
	AdaptiveNodeBuilderCustomizer adaptiveHandlerLogContext() {
		return (builder) -> builder.messageObserver(new HandlerLogContext());
	}

	/**
	 * Matches structured logging or the property.
	 */
	static final class OnWantedContext extends AnyNestedCondition {

		OnWantedContext() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		/** By property. */
		@ConditionalOnBooleanProperty("adaptive.logging.mdc")
		static final class Asked {

		}

		/** A structured console. */
		@ConditionalOnProperty("logging.structured.format.console")
		static final class StructuredConsole {

		}

		/** A structured file. */
		@ConditionalOnProperty("logging.structured.format.file")
		static final class StructuredFile {

		}

	}

}
