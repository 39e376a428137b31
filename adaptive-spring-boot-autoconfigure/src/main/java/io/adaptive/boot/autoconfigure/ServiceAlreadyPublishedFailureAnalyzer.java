package io.adaptive.boot.autoconfigure;

import java.util.List;

import io.adaptive.message.ServiceAlreadyPublishedException;
import io.adaptive.spring.server.AnnotatedServices;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains which beans publish the same service.
 */
class ServiceAlreadyPublishedFailureAnalyzer extends AbstractFailureAnalyzer<ServiceAlreadyPublishedException> {

	private static final String ACTION = "Look for code that publishes it with AdaptiveServer, or for another "
			+ "application context in this JVM, and remove one of the two. Contexts that must not meet, as in tests, each "
			+ "define a bean of type io.adaptive.internal.transport.ProcessSpace and set adaptive.os.socket-directory to a "
			+ "directory of their own.";

	private final AnnotatedServices annotatedServices;

	ServiceAlreadyPublishedFailureAnalyzer(BeanFactory beanFactory) {
		this.annotatedServices = new AnnotatedServices((ListableBeanFactory) beanFactory);
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ServiceAlreadyPublishedException cause) {
		List<String> beanNames = this.annotatedServices.beansOf(cause.service());
		StringBuilder description = new StringBuilder(cause.getMessage()).append('.');
		if (!beanNames.isEmpty()) {
			description.append("%n%nThe beans of this application context that publish it:%n".formatted());
			beanNames.forEach((beanName) -> description.append("\t- %s%n".formatted(beanName)));
		}
		return new FailureAnalysis(description.toString(), ACTION, cause);
	}

}
